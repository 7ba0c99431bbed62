import { RequestError } from '../../contract/request-error.ts';
import type { Handlers } from '../../contract/requests.ts';
import type { OperatorCard, Role } from '../../contract/requests/operators.ts';
import type { Protection } from '../../contract/requests/protection.ts';
import { lockedOutUntil, operatorAttempts } from '../../store/operators/lock-out.ts';
import type { Operator } from '../../store/operators/operator.ts';
import { operatorSlot } from '../../store/operators/operator-slots.ts';
import { keepOperator, knownOperator, listOperators, removeOperator, requireFreeName, setRole } from '../../store/operators/operators.ts';
import { newIdentifier } from '../identifiers.ts';
import { proveOwner, rekeyDesk } from '../protection.ts';
import type { Workbench } from '../workbench.ts';
import { announce } from '../workbench.ts';
import { actingOperator, actingPlace } from './acting.ts';
import { proveOperator } from './sign-in.ts';

type OperatorHandlers = Pick<Handlers, 'operators.list' | 'operators.add' | 'operators.remove' | 'operators.setRole' | 'operators.setPassphrase' | 'operators.lift' | 'operators.turnOff'>;

/** Who may work here, and as what. Each change is in the audit before it is answered. */
export function operatorHandlers(workbench: Workbench): OperatorHandlers {
  const { store } = workbench;
  const { database, vault, audit } = store;
  const told = (id: string, action: string, details: Record<string, unknown> = {}): OperatorCard => {
    const operator = knownOperator(database, id);
    // The first one was made by nobody but itself.
    audit.append({ action, operator: (actingOperator() ?? operator).name, details: { name: operator.name, ...details } });
    announce(workbench, 'session', 'desk');
    return card(workbench, operator);
  };
  return {
    'operators.list': () => listOperators(database).map((operator) => card(workbench, operator)).sort((one, other) => one.createdAt - other.createdAt),
    'operators.add': async ({ name, role, passphrase, own }) => {
      const operator: Operator = { id: newIdentifier('operator'), name, role, createdAt: Date.now() };
      if (listOperators(database).length === 0) await makeFirst(workbench, operator, { passphrase, own });
      else {
        requireFreeName(database, name);
        await giveSlot(workbench, operator, { passphrase, own });
      }
      return told(operator.id, 'operator.add', { role });
    },
    'operators.remove': ({ operatorId }) => {
      const { name, role } = knownOperator(database, operatorId);
      removeOperator(database, vault.keys(), operatorId);
      operatorAttempts(database, operatorId).clear();
      audit.append({ action: 'operator.remove', details: { name, role } });
      announce(workbench, 'session', 'desk');
      return { removed: true };
    },
    'operators.setRole': ({ operatorId, role }) => {
      knownOperator(database, operatorId);
      setRole(database, vault.keys(), { id: operatorId, role });
      return told(operatorId, 'operator.role', { role });
    },
    'operators.setPassphrase': async ({ operatorId, passphrase, own }) => {
      const { id, name, role, createdAt } = knownOperator(database, operatorId);
      await giveSlot(workbench, { id, name, role, createdAt }, { passphrase, own });
      operatorAttempts(database, operatorId).clear();
      return told(operatorId, 'operator.passphrase');
    },
    'operators.lift': ({ operatorId }) => {
      knownOperator(database, operatorId);
      operatorAttempts(database, operatorId).clear();
      return told(operatorId, 'lock-out.lifted');
    },
    'operators.turnOff': (passphrases) => turnOff(workbench, passphrases),
  };
}

interface Passphrases {
  /** The new operator's. */
  passphrase: string;
  /** Of the one who asks. */
  own: string | null;
}

/** Everything is sealed anew, and whatever opened the store before opens nothing any more. */
async function makeFirst(workbench: Workbench, operator: Operator, { passphrase, own }: Passphrases): Promise<void> {
  const first: Role = 'administrator';
  if (operator.role !== first) throw new RequestError('conflict', 'The first operator is an administrator: somebody has to be able to make the others.');
  await proveOwner(workbench.store, own);
  await rekeyDesk(workbench, { passphrase, usesSystem: false, operators: { first: operator } });
  const place = actingPlace();
  // Whoever made it has just given its passphrase. Every other window asks who is there.
  if (place !== null) workbench.places.signIn(place, operator.id);
}

/** Back to one passphrase for everybody; never to a key beside the data. */
async function turnOff(workbench: Workbench, { passphrase, own }: { passphrase: string; own: string }): Promise<Protection> {
  const { database, audit } = workbench.store;
  const [former, asking] = [listOperators(database), actingOperator()];
  if (former.length === 0 || asking === null) throw new RequestError('conflict', 'This store has no operators: whoever opens it may do everything.');
  await proveOwner(workbench.store, own);
  const opened = await rekeyDesk(workbench, { passphrase, usesSystem: false, operators: 'off' });
  for (const { id } of former) operatorAttempts(database, id).clear();
  // Nobody is signed in any more who could be named by the request.
  audit.append({ action: 'operators.off', operator: asking.name, details: { operators: former.length } });
  announce(workbench, 'session', 'desk');
  return opened;
}

async function giveSlot({ store }: Workbench, operator: Operator, { passphrase, own }: Passphrases): Promise<void> {
  const asking = actingOperator();
  if (asking === null || own === null) throw new RequestError('wrong-passphrase', 'Give your own passphrase too: an open window is not enough to change operators.');
  const dataKey = await proveOperator(store, asking.id, own);
  const slot = await operatorSlot(operator, passphrase, { dataKey, name: store.vault.keyring() });
  dataKey.fill(0);
  keepOperator(store.database, store.vault.keys(), slot);
}

function card({ store }: Workbench, { id, name, role, createdAt }: Operator): OperatorCard {
  return { id, name, role, createdAt, lockedOutUntil: lockedOutUntil(store.database, id) };
}
