import type { Handlers } from '../../contract/requests.ts';
import type { Jobs } from '../jobs.ts';
import { requireSightOf, seesJob } from './acting.ts';

/** Jobs, as far as they are the work of whoever asks. */
export function jobHandlers(jobs: Jobs): Pick<Handlers, 'jobs.list' | 'jobs.get' | 'jobs.cancel'> {
  return {
    'jobs.list': () => jobs.list().filter(seesJob),
    'jobs.get': ({ jobId }) => requireSightOf(jobs.get(jobId)),
    'jobs.cancel': ({ jobId }) => {
      requireSightOf(jobs.get(jobId));
      return jobs.cancel(jobId);
    },
  };
}
