import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import type { Answer } from '../contract/requests.ts';
import type { Answerer } from '../contract/wire/answer.ts';
import { answer } from '../contract/wire/answer.ts';
import type { Seat } from '../contract/wire/desk.ts';
import type { AskChannel, ChooseFolderName, EventChannel } from '../contract/wire/ports.ts';
import { isTrustedSender } from './security.ts';

const askChannel: AskChannel = 'likeness:ask';
const eventChannel: EventChannel = 'likeness:event';
const chooseFolderName: ChooseFolderName = 'host.choose-folder';

export interface AskChannelOptions extends Answerer {
  /** The system's folder dialogue; null when it was left without a choice. */
  chooseFolder: () => Promise<string | null>;
}

/** The one channel on which the window asks. */
export function openAskChannel(ipc: Pick<IpcMain, 'handle'>, options: AskChannelOptions): void {
  ipc.handle(askChannel, async (event: IpcMainInvokeEvent, name: unknown, input: unknown): Promise<Answer<unknown>> => {
    if (!isTrustedSender(event.senderFrame)) return { ok: false, code: 'not-allowed', message: 'Likeness answers only its own window.' };
    if (name === chooseFolderName) return { ok: true, value: await options.chooseFolder() };
    return answer(options, name, input);
  });
}

/** Passes every event of the desk on to the window until it is closed. */
export function passEvents(desk: Pick<Seat, 'subscribe'>, window: BrowserWindow): void {
  const stop = desk.subscribe((event) => {
    if (!window.isDestroyed() && !window.webContents.isDestroyed()) window.webContents.send(eventChannel, event);
  });
  window.once('closed', stop);
}
