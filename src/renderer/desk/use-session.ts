import type { RequestName, RequestOutput } from '../../contract/requests.ts';
import { mayAsk } from '../../contract/roles.ts';
import { useAsk } from './ask.ts';

export type Session = RequestOutput<'session.state'>;

/** Who is at this window; undefined until it is known. */
export function useSession(): Session | undefined {
  return useAsk('session.state', {}).data;
}

/** Whether whoever is here may ask something: what the wall would refuse is not offered. Everything where the store has no operators. */
export function useMay(): (name: RequestName) => boolean {
  const operator = useSession()?.operator ?? null;
  return (name) => operator === null || mayAsk(name, operator.role);
}
