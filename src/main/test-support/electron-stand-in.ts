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

/** The application: what was asked of it is kept in `did`, in order. */
class StandInApp extends EventEmitter {
  did: string[] = [];
  paths: Record<string, string> = {};
  isPackaged = false;
  hasLock = true;
  folder = '/app';

  getAppPath(): string {
    return this.folder;
  }
  getVersion(): string {
    return '1.2.3';
  }
  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }
  enableSandbox(): void {
    this.did.push('enable sandbox');
  }
  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }
  whenReady(): Promise<void> {
    this.did.push('when ready');
    return Promise.resolve();
  }
  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => { prevented = true; } });
    this.did.push(prevented ? 'wait before quitting' : 'quit');
  }
  exit(code: number): void {
    this.did.push(`exit ${String(code)}`);
  }
}
export const app = new StandInApp();

export const protocol = {
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  registerSchemesAsPrivileged(schemes: { scheme: string }[]): void {
    app.did.push(`register ${schemes.map(({ scheme }) => scheme).join(', ')}`);
  },
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    protocol.handlers.set(scheme, handler);
  },
};

export const session = {
  defaultSession: {
    set: new Set<string>(),
    setPermissionRequestHandler: () => { session.defaultSession.set.add('permission requests'); },
    setPermissionCheckHandler: () => { session.defaultSession.set.add('permission checks'); },
    setDevicePermissionHandler: () => { session.defaultSession.set.add('devices'); },
    webRequest: { onBeforeRequest: () => { session.defaultSession.set.add('requests'); } },
  },
};

/** A machine without a key store. */
export const safeStorage = {
  isEncryptionAvailable: () => false,
};

export const dialog = {
  errors: [] as string[],
  chosen: [] as string[],
  showErrorBox(title: string, content: string): void {
    dialog.errors.push(`${title}: ${content}`);
  },
  showOpenDialog(): Promise<{ canceled: boolean; filePaths: string[] }> {
    return Promise.resolve({ canceled: dialog.chosen.length === 0, filePaths: dialog.chosen });
  },
};

export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: (): void => undefined,
};
