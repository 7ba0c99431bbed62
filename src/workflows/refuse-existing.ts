import { existsSync } from 'node:fs';
import { RequestError } from '../contract/request-error.ts';

/** What is written for somebody is new: nothing that lies there already is replaced. @throws RequestError('conflict') */
export function refuseExisting(path: string): void {
  if (existsSync(path)) throw new RequestError('conflict', `${path} exists already. Choose another name, or move it away.`);
}
