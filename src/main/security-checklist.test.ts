import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { contentPolicy } from '../contract/wire/content-policy.ts';
import { answerAppRequest, appScheme } from './app-protocol.ts';
import { blockForeignRequests, decidePermission, isTrustedSender, isolatedPage, secureContents } from './security.ts';
import { StandInContents } from './test-support/electron-stand-in.ts';

/**
 * The checklist of electronjs.org/docs/latest/tutorial/security, point by point, in its order and numbers. Each point is a test, here or where
 * it says; a point about something that Likeness does not have is a test that it does not have it.
 */
const root = resolve(import.meta.dirname, '../..');
const page = isolatedPage('/preload.cjs') as Record<string, unknown>;

/** Every line of the code that runs in Electron's own process or in its window. */
const source = ['main', 'preload', 'renderer', 'workflows', 'contract'].flatMap((room) => {
  const files = readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' });
  return files.filter((name) => /\.tsx?$/.test(name) && !/\.test\.|test-support/.test(name)).map((name) => readFileSync(join(root, 'src', room, name), 'utf8'));
}).join('\n');

function secured(): StandInContents {
  const contents = new StandInContents();
  secureContents(contents.asWebContents());
  return contents;
}

describe('Electron\'s security checklist', () => {
  it('1. loads only secure content: what is not of the app itself is cancelled', () => {
    let judge: (details: { url: string }, callback: (decision: { cancel: boolean }) => void) => void = () => undefined;
    blockForeignRequests({ webRequest: { onBeforeRequest: (listener: typeof judge) => { judge = listener; } } } as unknown as Session);
    const isCancelled = (url: string): boolean => {
      let cancelled = false;
      judge({ url }, ({ cancel }) => { cancelled = cancel; });
      return cancelled;
    };
    expect(['http://a.example/', 'https://a.example/', 'ws://a.example/', 'file:///etc/passwd', 'ftp://a.example/'].map(isCancelled)).toEqual([true, true, true, true, true]);
    expect(isCancelled('app://likeness/assets/a.js')).toBe(false);
  });

  it('2. gives pages no Node', () => {
    expect(page).toMatchObject({ nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false });
  });

  it('3. isolates the preload script\'s world', () => {
    expect(page).toMatchObject({ contextIsolation: true });
  });

  it('4. sandboxes every process, the window\'s and all that there may be', () => {
    expect(page).toMatchObject({ sandbox: true });
    expect(source).toContain('app.enableSandbox();');
    expect(source).not.toMatch(/no-sandbox/);
  });

  it('5. decides permissions by a table, and denies what is not in it', () => {
    for (const permission of ['geolocation', 'notifications', 'midi', 'clipboard-read', 'display-capture', 'hid', 'openExternal']) expect(decidePermission(permission, 'app://likeness/#/verify', ['video']), permission).toBe(false);
    expect(decidePermission('media', 'app://likeness/#/verify', ['video'])).toBe(true);
  });

  it('6. keeps web security on', () => {
    expect(page).toMatchObject({ webSecurity: true });
    expect(source).not.toMatch(/webSecurity: false|disable-web-security/);
  });

  it('7. sends a content policy without inline code, inline styles or evaluation with every answer', async () => {
    const windowFolder = join(root, 'src', 'renderer');
    const image = (): Promise<never> => Promise.reject(new URIError('none'));
    for (const address of ['app://likeness/', 'app://likeness/train', 'app://likeness/none.js', 'app://likeness/images/x', 'app://attacker/']) {
      const policy = (await answerAppRequest({ windowFolder, image }, new Request(address))).headers.get('content-security-policy') ?? '';
      expect(policy, address).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'/);
      expect(policy, address).not.toMatch(/unsafe|http|\*/);
    }
    expect(contentPolicy('n')).toContain("style-src 'self' 'nonce-n'");
  });

  it('8. allows no insecure content', () => {
    expect(page).toMatchObject({ allowRunningInsecureContent: false });
  });

  it('9. and 10. turns on no experimental features and no features of Blink', () => {
    expect(source).not.toMatch(/experimentalFeatures|enableBlinkFeatures|commandLine\.appendSwitch/);
  });

  it('11. and 12. has no webviews, and lets none be attached', () => {
    expect(page).toMatchObject({ webviewTag: false });
    expect(secured().prevents('will-attach-webview', {})).toBe(true);
    expect(source).not.toMatch(/<webview|allowpopups/);
  });

  it('13. goes nowhere', () => {
    expect(secured().prevents('will-navigate', { url: 'https://attacker.example/' })).toBe(true);
    expect(secured().prevents('will-redirect', { url: 'app://likeness/' })).toBe(true);
  });

  it('14. opens no windows', () => {
    expect(secured().openHandler?.({ url: 'app://likeness/' })).toEqual({ action: 'deny' });
  });

  it('15. never hands an address to the system', () => {
    expect(source).not.toMatch(/openExternal\(|openPath\(|\bshell\b.*from 'electron'/);
  });

  it('16. names one version of Electron, which package-lock.json holds by its hash', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { version: string; integrity: string }> };
    expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/);
    expect(lock.packages['node_modules/electron']).toMatchObject({ version: devDependencies['electron'], integrity: expect.stringMatching(/^sha512-/) });
  });

  it('17. answers the top frame of its own page and no other sender', () => {
    expect(isTrustedSender({ url: 'app://likeness/', parent: null } as never)).toBe(true);
    expect([isTrustedSender(null), isTrustedSender({ url: 'https://attacker.example/', parent: null } as never), isTrustedSender({ url: 'app://likeness/', parent: {} } as never)]).toEqual([false, false, false]);
    expect(source.match(/ipcMain\b.*\.(on|handle|once)\(/g)).toBeNull();
    expect(source.match(/\bipc\.handle\(/g)).toHaveLength(1);
  });

  it('18. has a scheme of its own, and nothing of the rights of file: addresses', () => {
    expect(appScheme.privileges).not.toHaveProperty('bypassCSP');
    expect(source).not.toMatch(/loadFile\(|loadURL\((?!`\$\{appOrigin\}\/`\))/);
  });

  it('19. has its fuses set: build/prepare/electron-fuses.test.ts', () => {
    expect(existsSync(join(root, 'build', 'prepare', 'electron-fuses.test.ts'))).toBe(true);
    expect(readFileSync(join(root, 'build', 'prepare', 'electron.mjs'), 'utf8')).toContain('setFuses(program, wantedFuses)');
  });

  it('20. shows the page five functions of our own, and nothing of Electron\'s: ask-channel.test.ts', () => {
    expect(source.match(/exposeInMainWorld\(/g)).toHaveLength(1);
    expect(source).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
  });
});
