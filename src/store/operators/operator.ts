import type { Role } from '../../contract/requests/operators.ts';

/** Somebody who may open the store with a passphrase of their own. Name and role are not sealed: signing in needs them while the store is locked. */
export interface Operator {
  id: string;
  name: string;
  role: Role;
  createdAt: number;
}
