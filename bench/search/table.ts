import { loadavg } from 'node:os';
import { median } from '../shared/median.ts';
import { whereAndWhen } from '../shared/where-and-when.ts';
import { BATCH, LIMIT, PROBES, SCORES } from './cases.ts';
import type { Enrolled } from './enrol.ts';
import type { Result, Side, SideName } from './measure.ts';

const ms = (value: number): string => (value < 0.995 ? value.toFixed(2) : value < 99.5 ? value.toFixed(1) : value.toFixed(0));
const quantile95 = (times: readonly number[]): number => [...times].sort((one, other) => one - other)[Math.min(times.length - 1, Math.floor(0.95 * times.length))]!;
const single = (side: Side): string => `${ms(median(side.singles))} (${ms(quantile95(side.singles))})`;
const batched = (side: Side): string => ms(median(side.batched));
const ratio = (theirs: readonly number[], ours: readonly number[]): string => `**${(median(theirs) / median(ours)).toFixed(1)}**`;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export function singlesTable(results: readonly Result[]): string {
  return [
    '| Gallery | Ours float32 | faiss flat | flat / ours | Ours int8 | faiss SQ8 | SQ8 / ours | sqlite-vec |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...results.map(({ title, sides }) => {
      const { float32, int8, flat, sq8, vec } = sides as Record<SideName, Side>;
      return line([title, single(float32), single(flat), ratio(flat.singles, float32.singles), single(int8), single(sq8), ratio(sq8.singles, int8.singles), single(vec)]);
    }),
  ].join('\n');
}

export function batchesTable(results: readonly Result[]): string {
  return [
    '| Gallery | Ours float32 | faiss flat | flat / ours | Ours int8 | faiss SQ8 | SQ8 / ours |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...results.map(({ title, sides }) => {
      const { float32, int8, flat, sq8 } = sides as Record<SideName, Side>;
      return line([title, batched(float32), batched(flat), ratio(flat.batched, float32.batched), batched(int8), batched(sq8), ratio(sq8.batched, int8.batched)]);
    }),
  ].join('\n');
}

export function identityTable(results: readonly Result[]): string {
  const share = (kept: number, of: number): string => `${((100 * kept) / of).toFixed(2)} %`;
  return [
    '| Gallery | Mates first, comparing with all | Kept by ours int8 | Kept by faiss SQ8 | Rank 1 unlike faiss flat: float32, int8 | Memory of ours |',
    '|---|--:|--:|--:|--:|--:|',
    ...results.map(({ title, probes, matesFirst, matesKept, unlikeFlat, bytes }) =>
      line([title, `${matesFirst} of ${probes}`, share(matesKept.int8, matesFirst), share(matesKept.sq8, matesFirst), `${unlikeFlat.float32}, ${unlikeFlat.int8}`, `${(bytes / 1e6).toFixed(0)} MB`])),
  ].join('\n');
}

export interface Circumstances {
  threads: number;
  registers: string;
  versions: Record<string, string>;
  loadBefore: number;
  othersShare: number;
  seconds: number;
}

/** The section of docs/benchmarks.md. */
export function toSection(results: readonly Result[], enrolled: Enrolled, { threads, registers, versions, loadBefore, othersShare, seconds }: Circumstances): string {
  const perMinute = Math.round((60 * enrolled.people) / enrolled.enrolSeconds);
  return `## Search (1:N) against faiss and sqlite-vec

\`npm run bench -- search\`: one probe against everybody, the ${LIMIT} best, all in memory, in one run, with ${threads} threads on each side.

One probe at a time, ms, median (95 % within):

${singlesTable(results)}

${BATCH} probes at a time, ms a probe, median:

${batchesTable(results)}

Who is found, of ${PROBES.toLocaleString('en-GB')} probes with a mate in the gallery:

${identityTable(results)}

Enrolment of ${enrolled.people.toLocaleString('en-GB')} people with a template of ${enrolled.size} numbers and a picture of 4 kB each into a store, sealed as always: ${enrolled.enrolSeconds.toFixed(1)} s, **${perMinute.toLocaleString('en-GB')} a minute**. All of them from the store into the engine's memory: ${enrolled.loadSeconds.toFixed(1)} s. One more person is found by the next search, which takes ${ms(enrolled.seenMs)} ms.

- **Where and when**: ${whereAndWhen()}; ${registers}; load average ${loadBefore.toFixed(2)} before, ${loadavg()[0]!.toFixed(2)} after; other programs took ${Math.round(100 * othersShare)} % of the processor meanwhile; the run took ${Math.round(seconds)} s.
- **Versions**: Node ${process.versions.node}; ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.
- **Templates** are drawn (\`bench/search/peer.py\`): unit length, cosines of non-mates with a standard deviation of ${SCORES.nonMatedDeviation}, of mates with a mean of ${SCORES.matedMean} and a deviation of ${SCORES.matedDeviation}, as \`npm run bench -- search-scores\` measured them for MobileFaceNet (\`docs/search.md\`). The mates are among the first 10,000 rows.
- **faiss** searches a single probe with one thread, as it comes; it spreads the probes of a batch over its threads. SQ8 is \`QT_8bit\`, inner product, trained on the gallery.
- **sqlite-vec** is a table in memory, float32, one thread; it knows no batches. Its times are those of a quarter as many probes.
- **Ours** is the table in the engine (\`src/engine/search\`), called as the engine calls it; int8 includes the exact comparison of those who could be among the best, so both precisions give the same answers.`;
}
