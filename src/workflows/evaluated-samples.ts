import type { Part } from '../contract/vocabulary.ts';
import { listDatasetSamples } from '../store/dataset-samples.ts';
import type { Database } from '../store/statement.ts';
import type { LabelledSamples } from './explore/label-marks.ts';
import { correctedSamples } from './explore/label-marks.ts';

/** The samples of a part, with the labels that were marked as wrong corrected where that is wanted. */
export function evaluatedSamples(database: Database, { datasetId, part, corrected }: { datasetId: string; part: Part; corrected: boolean }): LabelledSamples {
  return corrected ? correctedSamples(database, datasetId, part) : { samples: listDatasetSamples(database, datasetId, part), corrections: [] };
}
