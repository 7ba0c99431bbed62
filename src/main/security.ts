import type { BrowserWindowConstructorOptions, Session, WebContents, WebFrameMain } from 'electron';

/** The one address the window may have. */
export const appOrigin = 'app://likeness';

/** A page as untrusted as any on the web: no Node, its own world, a sandboxed process. */
export function isolatedPage(preload: string): NonNullable<BrowserWindowConstructorOptions['webPreferences']> {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    spellcheck: false,
    enableWebSQL: false,
  };
}

export function isOwnAddress(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'app:' && new URL(address).host === 'likeness';
}

export function denyNewWindows(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** The window's places change by its own script (pushState), which is no navigation; everything else goes nowhere. */
export function blockNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnAddress(event.url)) event.preventDefault();
  });
}

export function blockWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

/** The places where a picture may be taken with the camera. */
const capturePlaces = ['/enrol', '/verify', '/identify'];

function isCapturePlace(address: string): boolean {
  if (!isOwnAddress(address)) return false;
  // The window's places are in the hash: app://likeness/#/verify/subject-1.
  const here = new URL(address).hash.slice(1);
  return capturePlaces.some((place) => here === place || here.startsWith(`${place}/`));
}

/** What a page may ask the system for. Everything that is not in this table is denied. */
const permissionTable: Readonly<Record<string, (address: string, media: readonly string[]) => boolean>> = {
  /** Copying figures out of tables and charts; reading the clipboard is another permission, and denied. */
  'clipboard-sanitized-write': (address) => isOwnAddress(address),
  /** The camera, never the microphone. */
  media: (address, media) => isCapturePlace(address) && media.length > 0 && media.every((kind) => kind === 'video'),
};

export function decidePermission(permission: string, address: string, media: readonly string[] = []): boolean {
  return Object.hasOwn(permissionTable, permission) && (permissionTable[permission]?.(address, media) ?? false);
}

/** Both ask Electron's way: before a request most pages check, and a check that says yes is not followed by a request. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((...[contents, permission, callback, details]) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    callback(details.isMainFrame && decidePermission(permission, contents.getURL(), media));
  });
  session.setPermissionCheckHandler((...[contents, permission, , details]) => {
    const media = details.mediaType === undefined ? [] : [details.mediaType];
    return details.isMainFrame && decidePermission(permission, contents?.getURL() ?? '', media);
  });
  session.setDevicePermissionHandler(() => false);
}

/** Likeness works without a network; the window loads from itself alone, and the development tools from Electron. */
export function blockForeignRequests(session: Session): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !/^(app:\/\/likeness\/|blob:app:\/\/likeness\/|data:image\/|devtools:)/.test(details.url) });
  });
}

/** Only the top frame of our own page may speak to this process. */
export function isTrustedSender(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isOwnAddress(frame.url);
}

export function secureContents(contents: WebContents): void {
  denyNewWindows(contents);
  blockNavigation(contents);
  blockWebviews(contents);
}

export function secureSession(session: Session): void {
  denyPermissions(session);
  blockForeignRequests(session);
}
