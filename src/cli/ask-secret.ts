import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks at the terminal without showing what is typed; null where nobody is there to ask. */
export async function askSecret(question: string, { stdin, stderr }: Pick<NodeJS.Process, 'stdin' | 'stderr'>): Promise<string | null> {
  if (!stdin.isTTY) return null;
  stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => { done(); } });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  try {
    return await new Promise<string | null>((settle) => {
      lines.once('line', settle);
      lines.once('close', () => { settle(null); });
      lines.once('SIGINT', () => { lines.close(); });
    });
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
