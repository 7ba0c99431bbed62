import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** Lines are written a good many at a time: a file of scores can have millions. */
const linesPerWrite = 5000;

/** Writes lines, each with its own end, as they come. */
export async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(file);
  const failed = once(stream, 'error').then(([error]) => { throw error as Error; });
  failed.catch(() => undefined);
  let waiting: string[] = [];
  for (const line of lines) {
    if (waiting.push(line) < linesPerWrite) continue;
    if (!stream.write(waiting.join(''))) await Promise.race([once(stream, 'drain'), failed]);
    waiting = [];
  }
  stream.end(waiting.join(''));
  await Promise.race([once(stream, 'finish'), failed]);
}
