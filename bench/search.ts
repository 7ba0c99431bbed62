import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSection } from './shared/benchmarks-page.ts';
import { startJsonPeer } from './shared/json-peer.ts';
import { FAISS } from './shared/requirements.ts';
import { pythonWith } from './shared/venv.ts';
import { watchProcessor } from './shared/watch-processor.ts';
import { COUNTS, SIZES, titleOf } from './search/cases.ts';
import { measureEnrolment } from './search/enrol.ts';
import type { Result } from './search/measure.ts';
import { generate, measureCase } from './search/measure.ts';
import { batchesTable, identityTable, singlesTable, toSection } from './search/table.ts';

/** The largest gallery; smaller, to try things out: then nothing is written. */
const most = Number(process.argv[2] ?? COUNTS.at(-1));
const counts = COUNTS.filter((count) => count <= most);
const threads = availableParallelism();
// Our threads read it when the search is loaded.
process.env['TF_NUM_INTRAOP_THREADS'] = `${threads}`;
const { loadNativeTables } = await import('../src/engine/search/native-table.ts');
const native = loadNativeTables();
if ('refusal' in native) throw new Error(`The search is not compiled: ${native.refusal}`);

const startedAt = performance.now();
const loadBefore = loadavg()[0]!;
const folder = mkdtempSync(join(tmpdir(), 'likeness-bench-'));
const peer = startJsonPeer(pythonWith([FAISS]), [join(import.meta.dirname, 'search', 'peer.py'), `${threads}`], { ...process.env, OMP_NUM_THREADS: `${threads}` });
const usage = watchProcessor();
try {
  const { versions } = await peer.ask<{ versions: Record<string, string> }>({ do: 'versions' });
  const results: Result[] = [];
  for (const size of SIZES) {
    const gallery = await generate(peer, folder, { count: counts.at(-1)!, size });
    for (const count of counts) {
      console.error(`bench: ${titleOf({ count, size })} ...`);
      results.push(await measureCase(peer, gallery, { count, size }));
    }
  }
  const enrolled = await measureEnrolment();
  console.log([singlesTable(results), batchesTable(results), identityTable(results), JSON.stringify(enrolled)].join('\n\n'));
  const { seconds: peerSeconds } = await peer.ask<{ seconds: number }>({ do: 'usage' });
  const circumstances = { threads, registers: native.registers, versions: { ...versions, 'sqlite-vec': results[0]!.vecVersion }, loadBefore, othersShare: usage.othersShare(peerSeconds), seconds: (performance.now() - startedAt) / 1000 };
  console.log(`The run took ${Math.round(circumstances.seconds)} s; other programs took ${Math.round(100 * circumstances.othersShare)} % of the processor.`);
  if (most >= COUNTS.at(-1)!) console.log(`Written to ${writeSection('search', toSection(results, enrolled, circumstances))}`);
} finally {
  peer.end();
  rmSync(folder, { recursive: true });
}
