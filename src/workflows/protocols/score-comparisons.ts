import { rowSimilarity } from '../../evaluation/cosine-similarity.ts';
import type { ReadableImage } from '../check-images.ts';
import type { EmbeddedSamples } from '../embed-dataset.ts';
import { quoted } from '../export-evaluation.ts';
import type { ComparisonList, ProtocolPair } from './comparison-list.ts';

export interface ScoredPair extends ProtocolPair {
  /** Cosine similarity; -Infinity where an image gave no template. */
  readonly score: number;
  /** Hashes of the pixels; empty where an image could not be read. */
  readonly imageA: string;
  readonly imageB: string;
}

/** Every comparison of the protocol, in its order. */
export function scoreComparisons({ pairs }: ComparisonList, { samples, templates }: EmbeddedSamples<ReadableImage>): ScoredPair[] {
  const rows = new Map(samples.map(({ path }, row) => [path, row]));
  const similarity = samples.length === 0 ? null : rowSimilarity(templates, templates);
  const hashOf = (row: number | undefined): string => (row === undefined ? '' : samples[row]!.pixelHash);
  return pairs.map((pair) => {
    const [a, b] = [rows.get(pair.sampleA), rows.get(pair.sampleB)];
    const score = similarity === null || a === undefined || b === undefined ? -Infinity : similarity(a, b);
    return { ...pair, score, imageA: hashOf(a), imageB: hashOf(b) };
  });
}

/** The form that `likeness score-metrics` reads, guards included. */
export function scoresCsv(scored: readonly ScoredPair[]): string {
  const rows = scored.map(({ score, isMated, subjectA, subjectB, sampleA, sampleB, imageA, imageB, split }) =>
    [String(score), isMated ? '1' : '0', ...[subjectA, subjectB, sampleA, sampleB, imageA, imageB, split].map(quoted)].join(','));
  return `${['score,mated,subject_a,subject_b,sample_a,sample_b,image_a,image_b,split', ...rows].join('\n')}\n`;
}
