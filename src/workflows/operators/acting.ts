import { AsyncLocalStorage } from 'node:async_hooks';
import type { PictureKind } from '../../contract/roles.ts';
import { jobSeenBy, notFor, pictureSeenBy } from '../../contract/roles.ts';
import type { Job } from '../../contract/jobs.ts';
import type { Role } from '../../contract/requests/operators.ts';
import type { Operator } from '../../store/operators/operator.ts';
import type { Place } from './places.ts';

/** On whose behalf something is done. Jobs that a request starts go on in it, so that their lines of the audit name the one who asked. */
interface Acting {
  place: Place;
  /** Null where the store has no operators, or nobody has signed in yet. */
  operator: Operator | null;
}

const acting = new AsyncLocalStorage<Acting>();

export function actAs<Value>(who: Acting, work: () => Value): Value {
  return acting.run(who, work);
}

/** Who acts right now; null for the desk itself, and where the store has no operators. */
export function actingOperator(): Operator | null {
  return acting.getStore()?.operator ?? null;
}

/** Where the request that is being answered came from; null for the desk itself. */
export function actingPlace(): Place | null {
  return acting.getStore()?.place ?? null;
}

/** Nobody signed in means here that nobody has to: the wall has seen to it. */
function isFor(roles: readonly Role[]): boolean {
  const operator = actingOperator();
  return operator === null || roles.includes(operator.role);
}

export function seesJob({ kind }: Pick<Job, 'kind'>): boolean {
  return isFor(jobSeenBy[kind]);
}

/** @throws RequestError('not-allowed') */
export function requireSightOf(job: Job): Job {
  if (!seesJob(job)) throw notFor(jobSeenBy[job.kind], actingOperator()!);
  return job;
}

/** @throws RequestError('not-allowed') */
export function requirePicture(kind: PictureKind): void {
  if (!isFor(pictureSeenBy[kind])) throw notFor(pictureSeenBy[kind], actingOperator()!);
}
