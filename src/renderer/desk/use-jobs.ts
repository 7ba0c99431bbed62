import type { Job } from '../../contract/jobs.ts';
import { useAsk } from './ask.ts';

export const isRunning = (job: Job): boolean => job.state === 'running' || job.state === 'queued';

/** Every job the desk remembers, newest first. */
export function useJobs(): Job[] {
  const { data } = useAsk('jobs.list', {});
  return [...(data ?? [])].sort((one, other) => other.createdAt - one.createdAt);
}

export function useRunningJobs(): Job[] {
  return useJobs().filter(isRunning);
}

/** The newest job of a kind that works on `subjectId` (a run, a dataset, an evaluation). */
export function useJobOf(kind: Job['kind'], subjectId: string | null): Job | undefined {
  return useJobs().find((job) => job.kind === kind && (subjectId === null || job.subjectId === subjectId));
}
