import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A long-lived program that answers each JSON line with one JSON line. */
export interface JsonPeer {
  ask<Answer>(request: object): Promise<Answer>;
  end(): void;
}

export function startJsonPeer(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): JsonPeer {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
  const waiting: PromiseWithResolvers<unknown>[] = [];
  let ended: Error | null = null;
  const fail = (error: Error): void => {
    ended = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  child.on('error', fail);
  child.stdin.on('error', fail);
  child.on('exit', (code, signal) => { fail(new Error(`The peer ended (${signal ?? code}).`)); });
  return {
    ask<Answer>(request: object) {
      if (ended) throw ended;
      const answer = Promise.withResolvers<unknown>();
      waiting.push(answer);
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answer.promise as Promise<Answer>;
    },
    end: () => { child.stdin.end(); },
  };
}
