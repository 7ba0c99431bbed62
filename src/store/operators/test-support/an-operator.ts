import { randomUUID } from 'node:crypto';
import type { Role } from '../../../contract/requests/operators.ts';
import type { Operator } from '../operator.ts';

export function newIdentity(name: string, role: Role): Operator {
  return { id: `operator-${randomUUID()}`, name, role, createdAt: 1 };
}
