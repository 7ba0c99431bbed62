import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawScores, drawTemplates, sizesOf, writeColumns } from './evaluate/cases.ts';
import type { Case, Result } from './evaluate/run-sides.ts';
import { runSides } from './evaluate/run-sides.ts';
import { toSection, toTable } from './evaluate/table.ts';
import { writeSection } from './shared/benchmarks-page.ts';

/** A share of the work, to try things out: then nothing is written. */
const share = Number(process.argv[2] ?? 1);
const sizes = sizesOf(share);
const startedAt = performance.now();
const loadBefore = loadavg()[0]!;
const folder = mkdtempSync(join(tmpdir(), 'likeness-bench-'));
try {
  const cases: Case[] = [
    { name: 'scores', title: 'All figures of the scores, with intervals', folder, parameter: sizes.replicates, tolerance: 1e-9 },
    { name: 'pairs', title: 'ROC of all pairs and recall@k', folder, parameter: sizes.dimension, tolerance: 1e-5 },
  ];
  const results: Result[] = [];
  for (const each of cases) {
    if (each.name === 'scores') writeColumns(folder, { ...drawScores(sizes) });
    else writeColumns(folder, { ...columnsOf(drawTemplates(sizes)) });
    results.push(runSides(each));
    console.error(`bench: ${each.title}: ${results.at(-1)!.ratio.toFixed(2)} times as fast`);
  }
  console.log(toTable(results));
  const circumstances = { sizes, loadBefore, seconds: (performance.now() - startedAt) / 1000 };
  if (share === 1) console.log(`Written to ${writeSection('evaluate', toSection(results, circumstances))}`);
} finally {
  rmSync(folder, { recursive: true });
}

function columnsOf({ embeddings, subjects }: ReturnType<typeof drawTemplates>): Record<string, Float32Array | Int32Array> {
  return { embeddings, subjects };
}
