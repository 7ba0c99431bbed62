import type { Session, WebFrameMain } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  blockForeignRequests, decidePermission, denyPermissions, isOwnAddress, isTrustedSender, isolatedPage, secureContents,
} from './security.ts';
import { StandInContents } from './test-support/electron-stand-in.ts';

const foreignAddresses = ['https://attacker.example/', 'app://attacker/', 'file:///etc/passwd', 'http://likeness/', 'app://likeness.attacker/', 'javascript:1', 'about:blank', ''];

describe('the page of the window', () => {
  it('is sandboxed, isolated and without Node', () => {
    expect(isolatedPage('/p.cjs')).toMatchObject({
      preload: '/p.cjs', sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false, webSecurity: true, webviewTag: false, allowRunningInsecureContent: false,
    });
  });

  let contents: StandInContents;
  beforeEach(() => {
    contents = new StandInContents();
    secureContents(contents.asWebContents());
  });

  it('opens no windows', () => {
    expect(contents.openHandler?.({ url: 'app://likeness/' })).toEqual({ action: 'deny' });
  });

  it('goes nowhere but to itself', () => {
    for (const url of foreignAddresses) {
      expect(contents.prevents('will-navigate', { url }), url).toBe(true);
      expect(contents.prevents('will-frame-navigate', { url, isMainFrame: true }), url).toBe(true);
    }
    expect(contents.prevents('will-navigate', { url: 'app://likeness/train' })).toBe(false);
    expect(contents.prevents('will-frame-navigate', { url: 'app://likeness/train', isMainFrame: true })).toBe(false);
    expect(contents.prevents('will-frame-navigate', { url: 'app://likeness/train', isMainFrame: false })).toBe(true);
    expect(contents.prevents('will-redirect', { url: 'app://likeness/' })).toBe(true);
  });

  it('holds no webviews', () => {
    expect(contents.prevents('will-attach-webview', {})).toBe(true);
  });
});

describe('permissions', () => {
  it('give the camera to the places where a picture is taken, and the microphone to nobody', () => {
    expect(decidePermission('media', 'app://likeness/#/verify', ['video'])).toBe(true);
    expect(decidePermission('media', 'app://likeness/#/enrol/subject-1', ['video'])).toBe(true);
    expect(decidePermission('media', 'app://likeness/#/verify', ['video', 'audio'])).toBe(false);
    expect(decidePermission('media', 'app://likeness/#/verify', [])).toBe(false);
    expect(decidePermission('media', 'app://likeness/#/train', ['video'])).toBe(false);
    expect(decidePermission('media', 'app://likeness/#/verifying', ['video'])).toBe(false);
    for (const address of foreignAddresses) expect(decidePermission('media', address, ['video']), address).toBe(false);
  });

  it('deny everything that is not in the table', () => {
    for (const permission of ['geolocation', 'notifications', 'openExternal', 'hid', 'usb', 'serial', 'midi', 'display-capture', 'clipboard-read', 'fileSystem', 'unknown', 'toString', 'constructor']) {
      expect(decidePermission(permission, 'app://likeness/#/verify', ['video']), permission).toBe(false);
    }
    expect(decidePermission('clipboard-sanitized-write', 'app://likeness/')).toBe(true);
  });

  it('are asked of the table by requests and checks alike, for the top frame only', () => {
    const session = sessionStandIn();
    denyPermissions(session.asSession);
    const contents = new StandInContents();
    contents.address = 'app://likeness/#/verify';
    const request = (permission: string, details: object): boolean => {
      let granted = true;
      session.requestHandler?.(contents, permission, (answer: boolean) => { granted = answer; }, details);
      return granted;
    };
    expect(request('media', { isMainFrame: true, mediaTypes: ['video'] })).toBe(true);
    expect(request('media', { isMainFrame: false, mediaTypes: ['video'] })).toBe(false);
    expect(request('geolocation', { isMainFrame: true })).toBe(false);
    expect(session.checkHandler?.(contents, 'media', 'app://likeness', { isMainFrame: true, mediaType: 'video' })).toBe(true);
    expect(session.checkHandler?.(contents, 'media', 'app://likeness', { isMainFrame: true, mediaType: 'audio' })).toBe(false);
    expect(session.checkHandler?.(null, 'media', 'app://likeness', { isMainFrame: true, mediaType: 'video' })).toBe(false);
    expect(session.deviceHandler?.({})).toBe(false);
  });
});

it('cancels every request that leaves the machine or reads its files', () => {
  const session = sessionStandIn();
  blockForeignRequests(session.asSession);
  const isCancelled = (url: string): boolean => {
    let cancel = false;
    session.beforeRequest?.({ url }, (decision) => { cancel = decision.cancel; });
    return cancel;
  };
  for (const url of [...foreignAddresses, 'wss://attacker.example/', 'data:text/html,x', 'blob:https://attacker.example/1']) expect(isCancelled(url), url).toBe(true);
  for (const url of ['app://likeness/', 'app://likeness/assets/a.js', 'data:image/png;base64,AA', 'blob:app://likeness/1']) expect(isCancelled(url), url).toBe(false);
});

it('trusts the top frame of its own page and no other sender', () => {
  const frame = (url: string, parent: object | null = null): WebFrameMain => ({ url, parent }) as WebFrameMain;
  expect(isTrustedSender(frame('app://likeness/train'))).toBe(true);
  expect(isTrustedSender(frame('app://likeness/train', {}))).toBe(false);
  expect(isTrustedSender(null)).toBe(false);
  for (const url of foreignAddresses) {
    expect(isTrustedSender(frame(url)), url).toBe(false);
    expect(isOwnAddress(url), url).toBe(false);
  }
});

interface SessionStandIn {
  asSession: Session;
  requestHandler?: (...parameters: unknown[]) => void;
  checkHandler?: (...parameters: unknown[]) => boolean;
  deviceHandler?: (details: object) => boolean;
  beforeRequest?: (details: { url: string }, callback: (decision: { cancel: boolean }) => void) => void;
}

function sessionStandIn(): SessionStandIn {
  const kept = {} as SessionStandIn;
  kept.asSession = {
    setPermissionRequestHandler: (handler: never) => { kept.requestHandler = handler; },
    setPermissionCheckHandler: (handler: never) => { kept.checkHandler = handler; },
    setDevicePermissionHandler: (handler: never) => { kept.deviceHandler = handler; },
    webRequest: { onBeforeRequest: (handler: never) => { kept.beforeRequest = handler; } },
  } as unknown as Session;
  return kept;
}
