import type { SampleQuality } from '../contract/requests/inspections.ts';
import type { EnrolmentGuards, SamplePolicy } from '../contract/requests/policy.ts';
import { enrolmentGuards, samplePolicy } from '../contract/requests/policy.ts';
import type { Handlers } from '../contract/requests.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Database } from '../store/statement.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

const key = 'sample-policy';
const guardsKey = 'enrolment-guards';

export function policyHandlers(workbench: Workbench): Pick<Handlers, 'policy.get' | 'policy.set' | 'guards.get' | 'guards.set'> {
  const { database } = workbench.store;
  return {
    'guards.get': () => readGuards(database),
    'guards.set': (guards) => {
      writeSetting(database, guardsKey, guards);
      announce(workbench, 'desk');
      return guards;
    },
    'policy.get': () => readPolicy(database),
    'policy.set': (policy) => {
      writeSetting(database, key, policy);
      announce(workbench, 'desk');
      return policy;
    },
  };
}

export function readGuards(database: Database): EnrolmentGuards {
  return enrolmentGuards.parse(readSetting(database, guardsKey) ?? {});
}

export function readPolicy(database: Database): SamplePolicy {
  return samplePolicy.parse(readSetting(database, key) ?? {});
}

/** Why the policy refuses a sample of this quality, as a sentence; null when it does not, or nothing judged it. */
export function refusalByQuality(quality: SampleQuality | null, { minimumQuality }: SamplePolicy): string | null {
  if (quality === null || quality.score >= minimumQuality) return null;
  const why = quality.reasons.length === 0 ? '' : ` (${quality.reasons.join('; ')})`;
  return `Its quality is ${quality.score} of 100, and at least ${minimumQuality} is required here${why}.`;
}
