import { fork } from 'node:child_process';
import type { EngineProcess, FromEngine, ToEngine } from '../contract/engine-port.ts';
import { engineMemory } from './engine-memory.ts';

/** So much of the end of the engine's error output is kept, to say why it ended. */
const keptErrorCharacters = 600;

/**
 * Starts the engine as a Node child process. The advanced serialization keeps typed arrays what they are.
 *
 * @param entry the engine's first file.
 */
export function forkEngine(entry: string, environment: Record<string, string> = {}): EngineProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...engineMemory, ...environment },
  });
  let errorTail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorTail = (errorTail + text).slice(-keptErrorCharacters);
  });
  return {
    post: (message: ToEngine) => {
      // A dead pipe shows itself by the exit event; a failed write adds nothing.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromEngine)),
    onExit: (listener) => {
      let hasEnded = false;
      const end = (how: string): void => {
        if (!hasEnded) listener(how);
        hasEnded = true;
      };
      child.on('exit', (code, signal) => end(howItEnded(code, signal, errorTail)));
      child.on('error', (error) => end(error.message));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** TensorFlow's information and warnings ("I0000 00:00:17954... oneDNN custom operations are on") say nothing about the end. */
const libraryChatter = /^[IW]\d{4} |^To enable the following instructions|^\d{4}-\d\d-\d\d .*: [IW] /;

function howItEnded(code: number | null, signal: NodeJS.Signals | null, errorTail: string): string {
  const lastWords = errorTail.trim().split('\n').findLast((line) => !libraryChatter.test(line)) ?? '';
  const how = signal === null ? `it exited with code ${code}` : `it was ended by ${signal}`;
  return lastWords === '' ? how : `${how} (${lastWords.slice(0, 200)})`;
}
