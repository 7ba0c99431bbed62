import type { IpcRendererEvent } from 'electron';
import { contextBridge, ipcRenderer } from 'electron';
import type { DeskEvent } from '../contract/events.ts';
import type { Answer } from '../contract/requests.ts';
import type { AskChannel, ChooseFolderName, ElectronBridge, EventChannel } from '../contract/wire/ports.ts';

const askChannel: AskChannel = 'likeness:ask';
const eventChannel: EventChannel = 'likeness:event';
const chooseFolderName: ChooseFolderName = 'host.choose-folder';

function ask(name: string, input: unknown): Promise<Answer<unknown>> {
  return ipcRenderer.invoke(askChannel, name, input) as Promise<Answer<unknown>>;
}

const bridge: ElectronBridge = {
  host: 'electron',
  ask,
  onEvent(listener) {
    const pass = (_event: IpcRendererEvent, deskEvent: DeskEvent): void => {
      listener(deskEvent);
    };
    ipcRenderer.on(eventChannel, pass);
    return () => {
      ipcRenderer.off(eventChannel, pass);
    };
  },
  imageUrl: (imageId, size) => `app://likeness/images/${encodeURIComponent(imageId)}?size=${String(size)}`,
  async chooseFolder() {
    const reply = await ask(chooseFolderName, {});
    if (!reply.ok) throw new Error(reply.message);
    return typeof reply.value === 'string' ? reply.value : null;
  },
};

contextBridge.exposeInMainWorld('likeness', bridge);
