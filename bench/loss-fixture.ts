import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lossSchema } from '../src/contract/recipe/losses.ts';
import { regularizerSchema } from '../src/contract/recipe/regularizers.ts';
import { entryOf } from '../src/learning/catalogue.ts';
import type { PeerFixture, PeerRow } from '../src/learning/test-support/peer-fixture.ts';
import { FIXTURE_BATCHES, FIXTURE_CLASSES, FIXTURE_PROXIES, FIXTURE_TEXT } from './loss/fixture-batches.ts';
import { FIXTURE_CASES } from './loss/fixture-cases.ts';
import type { FixtureCase } from './loss/fixture-cases.ts';
import { startJsonPeer } from './shared/json-peer.ts';
import { METRIC_LEARNING, TORCH } from './shared/requirements.ts';
import { pythonWith } from './shared/venv.ts';

const FILE = join(import.meta.dirname, '../src/learning/test-support/fixtures/peer-losses.json');
/** The library adds small constants under its roots and logarithms. */
const TOLERANCE = 1e-6;
const DIGITS = 10;

interface Answer {
  value: number;
  embeddings: number[][];
  proxies: number[][] | null;
  gap: number | null;
}

const peer = startJsonPeer(pythonWith([TORCH, METRIC_LEARNING]), [join(import.meta.dirname, 'loss/fixture.py')], process.env);
try {
  const versions = await peer.ask<PeerFixture['versions']>({ do: 'begin' });
  const rows: PeerRow[] = [];
  for (const each of FIXTURE_CASES) {
    for (const batch of FIXTURE_BATCHES.keys()) rows.push(...await rowOf(each, batch));
  }
  writeFileSync(FILE, written({
    madeBy: 'npm run bench -- loss-fixture', versions, batches: [...FIXTURE_BATCHES], proxies: FIXTURE_PROXIES, textSimilarity: FIXTURE_TEXT, rows,
  }));
  const also = rows.filter(({ authors }) => authors.length > 1).length;
  console.log(`${rows.length} rows, ${also} of them the same in pytorch-metric-learning ${versions.library}: ${relative(process.cwd(), FILE)}`);
} finally {
  peer.end();
}

/** One row, or none where the loss knows no memory. */
async function rowOf(each: FixtureCase, batch: number): Promise<PeerRow[]> {
  const loss = each.loss && lossSchema.parse(each.loss);
  const regularizers = (each.regularizers ?? []).map((given) => regularizerSchema.parse(given));
  const entry = loss && entryOf(loss);
  const perClass = loss && entry?.kind === 'proxies' ? entry.proxies(loss, 1).perClass as 1 | 3 : 0;
  const hasMemory = FIXTURE_BATCHES[batch]!.memory !== undefined;
  if (hasMemory && (entry?.kind !== 'pairs' || regularizers.length > 0)) return [];
  const isInLibrary = each.library === 'with memory' || (each.library === 'in the batch' && !hasMemory);
  const { value, embeddings, proxies, gap } = await peer.ask<Answer>({
    do: 'compute', loss, regularizers, isInLibrary, classes: FIXTURE_CLASSES,
    batch: { ...FIXTURE_BATCHES[batch], textSimilarity: FIXTURE_TEXT, ...(perClass > 0 && { proxies: FIXTURE_PROXIES[perClass as 1 | 3] }) },
  });
  if (gap !== null && !(gap < TOLERANCE)) {
    console.error(`bench: ${JSON.stringify(loss)}, ${FIXTURE_BATCHES[batch]!.title}: pytorch-metric-learning differs by ${gap}.`);
    process.exitCode = 1;
  }
  const authors: PeerRow['authors'] = ['literal loops, float64 autograd', ...(isInLibrary ? ['pytorch-metric-learning' as const] : [])];
  const short = (rows: number[][]) => rows.map((row) => row.map((entry) => Number(entry.toPrecision(DIGITS))));
  return [{ loss, regularizers, batch, perClass, authors, value, embeddings: short(embeddings), ...(proxies && { proxies: short(proxies) }) }];
}

/** One row of the fixture a line. */
function written({ batches, rows, ...rest }: PeerFixture): string {
  const lines = (items: readonly unknown[]): string => items.map((item) => `\n    ${JSON.stringify(item)}`).join(',');
  const head = JSON.stringify(rest, null, 0).slice(1, -1);
  return `{\n  ${head},\n  "batches": [${lines(batches)}\n  ],\n  "rows": [${lines(rows)}\n  ]\n}\n`;
}
