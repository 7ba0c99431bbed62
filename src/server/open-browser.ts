import { spawn } from 'node:child_process';

export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
}

/** The command that opens an address in the default browser; null where there is no screen to open it on. */
export function browserCommand({ platform, env }: Machine, address: string): [string, ...string[]] | null {
  if (platform === 'darwin') return ['open', address];
  // The address has no character that the shell of `start` would take for its own.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', address];
  const hasScreen = Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  return hasScreen ? ['xdg-open', address] : null;
}

/** Resolves with whether a browser was asked to open; never rejects. */
export function openBrowser(machine: Machine, address: string): Promise<boolean> {
  const command = browserCommand(machine, address);
  if (command === null) return Promise.resolve(false);
  const [program, ...words] = command;
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: 'ignore', detached: true });
    child.once('error', () => { resolve(false); });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
