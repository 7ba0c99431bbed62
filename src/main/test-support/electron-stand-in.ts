import { EventEmitter } from 'node:events';
import type { WebContents, WebFrameMain } from 'electron';

/**
 * As much of the `electron` module as the doors use, in one process: `ipcRenderer` reaches `ipcMain` through a structured
 * clone as it does in Electron, from the frame in `sender.frame`. Tests put it in the place of `electron` with vi.mock.
 */

export const ownFrame = { url: 'app://likeness/', parent: null } as WebFrameMain;
export const sender: { frame: WebFrameMain | null } = { frame: ownFrame };

type Handler = (event: unknown, ...parameters: unknown[]) => unknown;
const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    handlers.delete(channel);
  },
  channels: (): string[] => [...handlers.keys()],
};

class RendererIpc extends EventEmitter {
  async invoke(channel: string, ...parameters: unknown[]): Promise<unknown> {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler({ senderFrame: sender.frame }, ...(structuredClone(parameters) as unknown[])));
  }
}
export const ipcRenderer = new RendererIpc();

export const exposed = new Map<string, unknown>();
export const contextBridge = {
  exposeInMainWorld(name: string, value: unknown): void {
    exposed.set(name, value);
  },
};

/** The page of a window, and a session: listeners are kept by name, handlers that are set are kept too. */
export class StandInContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  address = 'app://likeness/';
  reloads = 0;

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  getURL(): string {
    return this.address;
  }
  isDestroyed(): boolean {
    return false;
  }
  reload(): void {
    this.reloads += 1;
  }
  send(channel: string, value: unknown): void {
    ipcRenderer.emit(channel, {}, structuredClone(value));
  }
  /** Emits an event that can be prevented; true when it was. */
  prevents(name: string, details: object): boolean {
    let prevented = false;
    this.emit(name, { ...details, preventDefault: () => { prevented = true; } });
    return prevented;
  }
  asWebContents(): WebContents {
    return this as unknown as WebContents;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = [];
  readonly webContents = new StandInContents();
  loaded = '';
  isShown = false;
  isClosed = false;
  readonly options: Record<string, unknown>;

  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
  }
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.opened.filter((window) => !window.isClosed);
  }
  loadURL(address: string): Promise<void> {
    this.loaded = address;
    return Promise.resolve();
  }
  show(): void {
    this.isShown = true;
  }
  isDestroyed(): boolean {
    return this.isClosed;
  }
  close(): void {
    this.isClosed = true;
    this.emit('closed');
  }
}

export class StandInUtilityProcess extends EventEmitter {
  readonly stderr = new EventEmitter();
  readonly posted: unknown[] = [];
  postMessage(message: unknown): void {
    this.posted.push(structuredClone(message));
  }
  kill(): boolean {
    this.emit('exit', 0);
    return true;
  }
}

export const utilityProcess = {
  forked: [] as { entry: string; options: unknown; child: StandInUtilityProcess }[],
  fork(entry: string, _parameters: string[], options: unknown): StandInUtilityProcess {
    const child = new StandInUtilityProcess();
    utilityProcess.forked.push({ entry, options, child });
    return child;
  },
};
