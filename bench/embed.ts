import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openOurs } from './embed/ours.ts';
import { BATCHES, startPythonPeer } from './embed/peer.ts';
import { toSection } from './embed/table.ts';
import type { Agreement, Result } from './embed/table.ts';
import { writeGraphs } from './embed/write-graphs.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { startBesideTorch } from './shared/beside-torch.ts';

// Photos to embeddings, ours and a Python program's in turn, on the same photos with the same networks:
// npm run bench -- embed [FOLDER [PHOTOS]]; without arguments the result is written to docs/benchmarks.md.
const ROUNDS = 5;
/** In which the threads of the side that has just run come to rest. */
const REST_MS = 300;

const [given, most = 'Infinity'] = process.argv.slice(2);
const folder = resolve(process.env['INIT_CWD'] ?? process.cwd(), given ?? join(import.meta.dirname, '../../shared/data/celebrity-photos'));
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.jpe?g$/i.test(path)).sort().slice(0, Number(most)).map((path) => join(folder, path));
if (paths.length === 0) throw new Error(`There is no JPEG photo below ${folder}.`);
const graphs = mkdtempSync(join(tmpdir(), 'likeness-bench-embed-'));
const run = await startBesideTorch();
const ourSide = await openOurs(graphs);
await writeGraphs(graphs);
const peer = startPythonPeer(graphs, run.threads);
try {
  const result = await measure();
  const circumstances = await run.circumstances([peer]);
  const section = toSection(result, circumstances);
  console.log(section);
  if (given === undefined) console.log(`Written to ${writeSection('embed', section)}`);
} finally {
  peer.end();
  rmSync(graphs, { recursive: true });
}

async function measure(): Promise<Result> {
  const rates = { ours: [] as number[], theirs: Object.fromEntries(BATCHES.map((batch) => [batch, [] as number[]])) as Result['rates']['theirs'] };
  // Once to warm up, and to see that both do the same.
  const [ours, theirs] = [await ourSide.embed(paths), await peer.embed(paths, BATCHES[1])];
  await peer.embed(paths.slice(0, 32), BATCHES[0]);
  for (let round = 0; round < ROUNDS; round++) {
    await pause(REST_MS);
    rates.ours.push(paths.length / (await ourSide.embed(paths)).seconds);
    for (const batch of BATCHES) {
      await pause(REST_MS);
      rates.theirs[batch].push(paths.length / (await peer.embed(paths, batch)).seconds);
    }
    console.error(`bench: round ${round + 1}: ours ${rates.ours.at(-1)!.toFixed(1)} photos/s, Python ${BATCHES.map((batch) => `${rates.theirs[batch].at(-1)!.toFixed(1)} (${batch} at once)`).join(', ')}`);
  }
  return { folder, photos: paths.length, rates, agreement: agree(ours.embeddings, theirs.embeddings), version: theirs.version };
}

/** How alike the two sides' embeddings of the same photos are. */
function agree(ours: (Float32Array | null)[], theirs: (Float32Array | null)[]): Agreement {
  const cosines: number[] = [];
  let differ = 0;
  for (const [index, one] of ours.entries()) {
    const other = theirs[index] ?? null;
    if (one && other) cosines.push(one.reduce((sum, value, at) => sum + value * other[at]!, 0));
    else if (one || other) differ++;
  }
  return { cosines, differ };
}
