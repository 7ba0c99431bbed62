import type { RequestOutput } from '../../contract/requests.ts';

export type DeskState = RequestOutput<'desk.state'>;
