import { RequestError } from '../../contract/request-error.ts';

export function planGone(): RequestError {
  return new RequestError('conflict', 'This change of the template protection was cancelled or finished by another window or station. Look at how the templates are protected now.');
}
