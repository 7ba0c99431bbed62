import type { AttributedScores } from './attributed-scores.ts';
import type { Progress } from './steps.ts';
import type { TemplateSet } from './template-set.ts';
import { comparisonColumns } from './compare-templates.ts';
import { rowSimilarity } from './cosine-similarity.ts';
import { finish } from './steps.ts';
import { rowsBySubject } from './template-set.ts';

const PROBES_PER_TILE = 32;

/** One probe against a whole enrolment database. */
export interface ProbeScores {
  /** Row of the probe. */
  readonly probe: number;
  readonly probeSubject: number;
  /** The best score over the references of each enrolled subject; parallel to `GallerySearch.enrolled`. */
  readonly scores: Float64Array;
}

export interface GallerySearch {
  readonly enrolled: Int32Array; // [N], subjects in order of first appearance in the gallery
  /** Every probe, in order. */
  readonly probes: () => Generator<ProbeScores, void>;
}

/**
 * Compares probes with a gallery: the score of an enrolled subject is the **maximum** over its references.
 * Probes are scored in tiles as they are read, so memory is one tile of probes, never probes times references.
 *
 * @throws EvaluationError no-templates, shape-mismatch or template-without-direction.
 */
export function searchGallery(gallery: TemplateSet, probes: TemplateSet): GallerySearch {
  const similarity = rowSimilarity(probes, gallery);
  const rows = rowsBySubject(gallery.subjects);
  const enrolled = Int32Array.from(rows.keys());
  const positions = new Map([...rows.keys()].map((subject, position) => [subject, position]));
  const positionOfRow = Uint32Array.from(gallery.subjects, (subject) => positions.get(subject)!);
  function* search(): Generator<ProbeScores, void> {
    for (let first = 0; first < probes.subjects.length; first += PROBES_PER_TILE) {
      const size = Math.min(PROBES_PER_TILE, probes.subjects.length - first);
      const tile = Array.from({ length: size }, () => new Float64Array(enrolled.length).fill(-Infinity));
      for (let reference = 0; reference < positionOfRow.length; reference++) {
        const position = positionOfRow[reference]!;
        for (let offset = 0; offset < size; offset++) {
          const score = similarity(first + offset, reference);
          if (score > tile[offset]![position]!) tile[offset]![position] = score;
        }
      }
      for (let offset = 0; offset < size; offset++) {
        const probe = first + offset;
        yield { probe, probeSubject: probes.subjects[probe]!, scores: tile[offset]! };
      }
    }
  }
  return { enrolled, probes: search };
}

/**
 * Verification scores of a gallery-probe protocol: one score for every probe and enrolled subject (the maximum over the
 * subject's references), mated when they are the same subject. For non-mated scores `nonMatedFirst` is the probe's.
 *
 * @throws EvaluationError as `searchGallery`.
 */
export function compareProbes(gallery: TemplateSet, probes: TemplateSet): AttributedScores {
  return finish(compareProbesSteps(gallery, probes));
}

/** `compareProbes` with its progress in probes. */
export function* compareProbesSteps(gallery: TemplateSet, probes: TemplateSet): Generator<Progress, AttributedScores> {
  const search = searchGallery(gallery, probes);
  const isEnrolled = new Set(search.enrolled);
  const mated = probes.subjects.filter((subject) => isEnrolled.has(subject)).length;
  const total = probes.subjects.length;
  const { columns, add } = comparisonColumns(mated, total * search.enrolled.length);
  for (const { probe, probeSubject, scores } of search.probes()) {
    search.enrolled.forEach((subject, position) => add(probeSubject, subject, scores[position]!));
    if ((probe + 1) % PROBES_PER_TILE === 0) yield { done: probe + 1, total };
  }
  return columns;
}
