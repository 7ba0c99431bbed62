import { rowSimilarity } from '../../evaluation/cosine-similarity.ts';
import type { SetFusion, SetRows } from '../../evaluation/fused-sets.ts';
import { setSimilarity } from '../../evaluation/fused-sets.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import type { ReadableImage } from '../check-images.ts';
import type { EmbeddedSamples } from '../embed-dataset.ts';
import { quoted } from '../quoted.ts';
import type { ComparisonList, ProtocolPair } from './comparison-list.ts';
import { membersOf } from './comparison-list.ts';
import type { ScoreColumns } from './score-columns.ts';

export interface ScoredPair extends ProtocolPair {
  /** Cosine similarity; -Infinity where a side gave no template. */
  readonly score: number;
  /** Hashes of the pixels; empty where an image could not be read. Two sets that share an image have the hash of that image. */
  readonly imageA: string;
  readonly imageB: string;
}

/** Every comparison of the protocol, in its order. */
export function* scoreComparisons(list: ComparisonList, embedded: EmbeddedSamples<ReadableImage>, fusion: SetFusion): Generator<ScoredPair, void> {
  if (embedded.samples.length === 0) {
    for (const pair of list.pairs()) yield { ...pair, score: -Infinity, imageA: '', imageB: '' };
    return;
  }
  const sideOf = sidesReader(list, embedded.samples);
  const compare = sideComparer(embedded.templates, fusion);
  for (const pair of list.pairs()) {
    const [a, b] = [sideOf(pair.sampleA), sideOf(pair.sampleB)];
    const [imageA, imageB] = hashesOf(a, b);
    yield { ...pair, score: compare(a, b), imageA, imageB };
  }
}

/** Two sides as the protocol compares them: -Infinity where one gave no template, or they have no part in common. */
export function sideComparer(templates: TemplateSet, fusion: SetFusion): (a: Pick<EmbeddedSide, 'row' | 'rows'>, b: Pick<EmbeddedSide, 'row' | 'rows'>) => number {
  const single = rowSimilarity(templates, templates);
  const ofSets = setSimilarity(templates, fusion);
  return (a, b) => (a.row !== null && b.row !== null ? single(a.row, b.row) : ofSets(a.rows, b.rows));
}

export interface EmbeddedSide {
  /** Of an image by itself that gave a template. */
  readonly row: number | null;
  readonly rows: SetRows;
  readonly hashes: readonly string[];
}

/** What a protocol compares, by its name. */
export function sidesReader({ sets }: ComparisonList, samples: readonly ReadableImage[]): (name: string) => EmbeddedSide {
  const rowOf = new Map(samples.map(({ path }, row) => [path, row]));
  const known = new Map<string, EmbeddedSide>();
  const read = (name: string): EmbeddedSide => {
    const rows = new Map<string, number[]>();
    const hashes: string[] = [];
    for (const { path, part } of membersOf(sets, name)) {
      const row = rowOf.get(path);
      if (row === undefined) continue;
      rows.set(part, [...(rows.get(part) ?? []), row]);
      hashes.push(samples[row]!.pixelHash);
    }
    return { row: sets.has(name) ? null : (rows.get('')?.[0] ?? null), rows, hashes };
  };
  return (name) => {
    let side = known.get(name);
    if (side === undefined) known.set(name, (side = read(name)));
    return side;
  };
}

function hashesOf({ hashes: one }: EmbeddedSide, { hashes: other }: EmbeddedSide): [string, string] {
  if (one.length <= 1 && other.length <= 1) return [one[0] ?? '', other[0] ?? ''];
  const shared = one.find((hash) => other.includes(hash));
  return [shared ?? '', shared ?? ''];
}

const columns = ['score', 'mated', 'subject_a', 'subject_b', 'sample_a', 'sample_b', 'image_a', 'image_b', 'split'];

/** The columns that `likeness score-metrics` reads, guards included, and what is said of the images and comparisons. */
export const scoresHeader = ({ header }: Pick<ScoreColumns, 'header'>): string => `${[...columns, ...header].join(',')}\n`;

export function scoresLine(pair: ScoredPair, { cellsOf }: Pick<ScoreColumns, 'cellsOf'>): string {
  const { score, isMated, subjectA, subjectB, sampleA, sampleB, imageA, imageB, split } = pair;
  return `${[String(score), isMated ? '1' : '0', ...[subjectA, subjectB, sampleA, sampleB, imageA, imageB, split].map(quoted), ...cellsOf(pair)].join(',')}\n`;
}
