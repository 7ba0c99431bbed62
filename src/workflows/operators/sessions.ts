import { RequestError } from '../../contract/request-error.ts';
import type { Handlers } from '../../contract/requests.ts';
import type { SessionState } from '../../contract/requests/operators.ts';
import { withPassphrase } from '../../store/operators/operator-slots.ts';
import { keepOperator, knownOperator } from '../../store/operators/operators.ts';
import { lockDesk, tellOpened } from '../protection.ts';
import type { SearchableGallery } from '../searchable-gallery.ts';
import type { Workbench } from '../workbench.ts';
import { actingOperator, actingPlace } from './acting.ts';
import type { Place } from './places.ts';
import { proveOperator, signInDesk } from './sign-in.ts';

type SessionHandlers = Pick<Handlers, 'session.state' | 'session.signIn' | 'session.signOut' | 'session.setPassphrase'>;

/** Signing in, and out again. A session ends with signing out, the lock, idle time, and the operator's removal. */
export function sessionHandlers(workbench: Workbench, searchable: SearchableGallery): SessionHandlers {
  const { places, store } = workbench;
  const signIn = signInDesk(store);
  const state = (): SessionState => sessionAt(workbench, actingPlace());
  return {
    'session.state': state,
    'session.signIn': async (credentials) => {
      const place = actingPlace();
      if (place === null || !places.asksNames()) throw new RequestError('conflict', 'This store has no operators, so nobody signs in. An administrator is made in Settings, or with "likeness operators add".');
      const { operator, failuresBefore, opened } = await signIn(credentials);
      const line = { action: 'sign-in', operator: operator.name, details: { role: operator.role, failuresBefore, opened } };
      try {
        if (opened) await tellOpened(workbench, searchable, line);
        else store.audit.append(line);
      } catch (error) {
        // Nobody is let in without a line of it, and the keys are in nobody's hands.
        if (opened) store.lock();
        throw error;
      }
      workbench.presence.touch();
      places.signIn(place, operator.id);
      return state();
    },
    'session.signOut': async () => {
      const place = actingPlace();
      if (place !== null) await signOut(workbench, searchable, { place, why: 'asked' });
      return state();
    },
    'session.setPassphrase': async ({ current, next }) => {
      const operator = actingOperator();
      if (operator === null) throw new RequestError('conflict', 'This store has no operators. Its own passphrase is changed in Settings, or with "likeness protect init".');
      (await proveOperator(store, operator.id, current)).fill(0);
      const slot = await withPassphrase(knownOperator(store.database, operator.id), { current, next }, store.vault.keyring());
      keepOperator(store.database, store.vault.keys(), slot);
      store.audit.append({ action: 'operator.passphrase', details: { name: operator.name } });
      return state();
    },
  };
}

function sessionAt({ places }: Workbench, place: Place | null): SessionState {
  const operator = place === null ? null : places.operatorAt(place);
  return {
    mustSignIn: operator === null && places.asksNames(),
    operator: operator && { id: operator.id, name: operator.name, role: operator.role },
  };
}

/** Nobody left at the desk means that nobody needs the keys: the store is locked, unless a job does. */
export async function signOut(workbench: Workbench, searchable: SearchableGallery, { place, why }: { place: Place; why: 'asked' | 'idle' }): Promise<void> {
  const { places, store } = workbench;
  const operator = places.operatorAt(place);
  if (operator === null) return;
  store.audit.append({ action: 'sign-out', operator: operator.name, details: { why } });
  places.signOut(place);
  if (!places.isAnybodyThere() && !workbench.jobs.needsKeys()) await lockDesk(workbench, searchable, 'signed-out');
}
