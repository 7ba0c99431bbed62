import { z } from 'zod';
import { identifier, instant, typedName } from '../vocabulary.ts';
import { newPassphrase, protection } from './protection.ts';
import { requests } from './request.ts';

/** What somebody at the desk does there; `contract/roles` says what each may ask. */
export const role = z.enum(['operator', 'researcher', 'administrator']);
export type Role = z.infer<typeof role>;

export const operatorCard = z.object({
  id: identifier,
  name: z.string(),
  role,
  createdAt: instant,
  /** Until when wrong passphrases keep this name out; null while they do not. */
  lockedOutUntil: instant.nullable(),
});
export type OperatorCard = z.infer<typeof operatorCard>;

/** Who is at this window, tab or terminal. */
export const sessionState = z.object({
  /** Whether the store has operators, and nobody is signed in here. */
  mustSignIn: z.boolean(),
  /** Null: nobody is signed in, or the store has no operators and asks for none. */
  operator: operatorCard.pick({ id: true, name: true, role: true }).nullable(),
});
export type SessionState = z.infer<typeof sessionState>;

const passphrase = z.string().min(1, 'is empty').max(1000);
const operatorId = { operatorId: identifier };
/** Whoever changes operators gives their own passphrase again: an open window is not enough. Null where the store has none yet. */
const own = { own: passphrase.nullable().default(null) };

export const operatorRequests = requests({
  'session.state': { input: z.strictObject({}), output: sessionState },
  /** Opens the store too, where it is locked. */
  'session.signIn': { input: z.strictObject({ name: z.string().max(200), passphrase }), output: sessionState },
  'session.signOut': { input: z.strictObject({}), output: sessionState },
  /** One's own passphrase. */
  'session.setPassphrase': { input: z.strictObject({ current: passphrase, next: newPassphrase }), output: sessionState },
  'operators.list': { input: z.strictObject({}), output: z.array(operatorCard) },
  /** The first one is an administrator: everything gets new keys, and from then on the store is opened by its operators only. */
  'operators.add': { input: z.strictObject({ name: typedName, role, passphrase: newPassphrase, ...own }), output: operatorCard },
  /** Refused for the last administrator. Sessions of the operator end at once. */
  'operators.remove': { input: z.strictObject(operatorId), output: z.object({ removed: z.literal(true) }) },
  'operators.setRole': { input: z.strictObject({ ...operatorId, role }), output: operatorCard },
  /** For an operator who forgot theirs. */
  'operators.setPassphrase': { input: z.strictObject({ ...operatorId, passphrase: newPassphrase, ...own }), output: operatorCard },
  /** Everything gets new keys, everybody's own passphrase opens nothing any more, and whoever knows the new one may do everything. */
  'operators.turnOff': { input: z.strictObject({ passphrase: newPassphrase, own: passphrase }), output: protection },
  /** Forgets the wrong passphrases, so that the operator need not wait. */
  'operators.lift': { input: z.strictObject(operatorId), output: operatorCard },
});
