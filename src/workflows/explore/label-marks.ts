import { RequestError } from '../../contract/request-error.ts';
import type { Handlers } from '../../contract/requests.ts';
import type { LabelCorrection } from '../../contract/requests/evaluations.ts';
import type { Part } from '../../contract/vocabulary.ts';
import type { DatasetSample } from '../../store/dataset-samples.ts';
import { findDatasetSample, listDatasetSamples, listSubjectSamples } from '../../store/dataset-samples.ts';
import { insertLabelMark, listLabelMarks, removeLabelMark } from '../../store/label-marks.ts';
import type { Database } from '../../store/statement.ts';
import { knownDataset } from '../datasets.ts';
import type { Workbench } from '../workbench.ts';
import { announce } from '../workbench.ts';

/** Labels that somebody found wrong: kept beside the dataset, never written into its files. */
export function labelHandlers(workbench: Workbench): Pick<Handlers, 'labels.list' | 'labels.mark' | 'labels.unmark'> {
  const { database } = workbench.store;
  return {
    'labels.list': ({ datasetId }) => {
      const marks = listLabelMarks(database, knownDataset(database, datasetId).id);
      if (marks.length === 0) return [];
      const byPath = new Map(listDatasetSamples(database, datasetId).map((sample) => [sample.path, sample]));
      return marks.map(({ path, subject, markedAt }) => {
        const sample = byPath.get(path);
        return { imageId: sample?.id ?? null, path, labelled: sample?.subject ?? null, part: sample?.part ?? null, subject, markedAt };
      });
    },
    'labels.mark': ({ imageId, subject }) => {
      const sample = findDatasetSample(database, imageId);
      if (sample === undefined) throw new RequestError('not-found', 'This sample is in no dataset (any more), so its label cannot be marked.');
      if (subject === sample.subject) throw new RequestError('invalid-input', `${sample.path} is labelled ${subject} already. Take the mark away to keep that label.`);
      if (subject !== null) checkPart(database, sample, subject);
      insertLabelMark(database, { datasetId: sample.datasetId, path: sample.path, subject, markedAt: Date.now() });
      announce(workbench, 'datasets');
      return { marked: true };
    },
    'labels.unmark': ({ datasetId, path }) => {
      removeLabelMark(database, { datasetId: knownDataset(database, datasetId).id, path });
      announce(workbench, 'datasets');
      return { unmarked: true };
    },
  };
}

/** A corrected label must not bring a person into two parts: the split is by identity. */
function checkPart(database: Database, { datasetId, path, part }: DatasetSample, subject: string): void {
  const elsewhere = listSubjectSamples(database, datasetId, subject).find((other) => other.part !== part);
  if (elsewhere === undefined) return;
  throw new RequestError(
    'conflict',
    `${subject} is in the ${elsewhere.part} part and ${path} in the ${part} part: a person in two parts would leak. Leave the sample out instead.`,
  );
}

export interface LabelledSamples {
  samples: DatasetSample[];
  corrections: LabelCorrection[];
}

/**
 * The samples of a part with the marked labels corrected, and what was corrected.
 *
 * @throws RequestError('conflict') where a corrected label would bring a person into two parts.
 */
export function correctedSamples(database: Database, datasetId: string, part: Part): LabelledSamples {
  const marks = new Map(listLabelMarks(database, datasetId).map((mark) => [mark.path, mark.subject]));
  const corrections: LabelCorrection[] = [];
  const samples = listDatasetSamples(database, datasetId, part).flatMap((sample) => {
    const subject = marks.get(sample.path);
    if (subject === undefined) return [sample];
    corrections.push({ path: sample.path, labelled: sample.subject, subject });
    if (subject === null) return [];
    checkPart(database, sample, subject);
    return [{ ...sample, subject }];
  });
  return { samples, corrections };
}
