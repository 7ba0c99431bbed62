import type { UtilityProcess } from 'electron';
import { utilityProcess } from 'electron';
import type { EngineLane, EngineProcess, FromEngine } from '../contract/engine-port.ts';

/** So much of the end of the engine's error output is kept, to say why it ended. */
const keptErrorCharacters = 600;

/**
 * Starts the engine as Electron's utility process: Node without a window, whose messages keep typed arrays what they are.
 *
 * @param entry the built engine (out/main/engine.js).
 */
export function startEngineProcess(entry: string, lane: EngineLane): EngineProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: `Likeness engine (${lane})`, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LIKENESS_ENGINE_LANE: lane },
  });
  const lastWords = keepErrorTail(child);
  let hasEnded = false;
  child.once('exit', () => {
    hasEnded = true;
  });
  return {
    post: (message) => {
      if (!hasEnded) child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', (message: FromEngine) => {
        listener(message);
      });
    },
    onExit: (listener) => {
      child.once('exit', (code) => {
        listener(howItEnded(code, lastWords()));
      });
    },
    kill: () => {
      child.kill();
    },
  };
}

function keepErrorTail(child: UtilityProcess): () => string {
  let tail = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString('utf8')).slice(-keptErrorCharacters);
  });
  return () => tail.trim().split('\n').at(-1) ?? '';
}

function howItEnded(code: number, lastWords: string): string {
  const how = `it exited with code ${String(code)}`;
  return lastWords === '' ? how : `${how} (${lastWords.slice(0, 200)})`;
}
