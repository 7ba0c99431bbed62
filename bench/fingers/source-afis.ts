import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIBRARY = join(import.meta.dirname, '../../.cache/bench-sourceafis');

/** SourceAFIS's similarity of every picture with every other, by rows; fetched from Maven Central when it is not there. */
export function compareBySourceAfis(paths: readonly string[], folder: string): number[][] {
  if (!existsSync(join(LIBRARY, 'sourceafis-3.18.1.jar'))) {
    mkdirSync(LIBRARY, { recursive: true });
    run('mvn', ['-q', '-f', join(import.meta.dirname, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${LIBRARY}`]);
  }
  const list = join(folder, 'pictures.txt');
  writeFileSync(list, paths.join('\n'));
  const answer = run('java', ['-cp', join(LIBRARY, '*'), join(import.meta.dirname, 'Peer.java'), list]);
  return answer.trim().split('\n').map((line) => line.split(' ').map(Number));
}

function run(command: string, words: readonly string[]): string {
  const { status, stdout, error } = spawnSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 });
  if (error) throw new Error(`${command} cannot be run (${error.message}): this bench needs Java 17 and Maven.`);
  if (status !== 0) throw new Error(`${command} ended with ${status}.`);
  return stdout;
}
