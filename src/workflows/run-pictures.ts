import type { CostlyComparison, CostlyCounterpart } from '../contract/engine-port.ts';
import type { Costliest, CostlySide } from '../contract/requests/runs.ts';
import type { RunSample } from '../store/runs.ts';
import { isIdentifierOf } from './identifiers.ts';

/** A picture that a run learns from is known by the run and its place among the run's samples: "run-6f9c….12". */
const runPicture = /^(run-[0-9a-f-]+)\.(\d{1,9})$/;

export const runPicturePrefix = (runId: string): string => `${runId}.`;

export function parseRunPicture(imageId: string): { runId: string; position: number } | null {
  const [, runId, position] = (isIdentifierOf('run', imageId) && runPicture.exec(imageId)) || [];
  return runId === undefined ? null : { runId, position: Number(position) };
}

export interface ToldComparisons {
  epoch: number;
  step: number;
  items: readonly CostlyComparison[];
}

/**
 * What the engine told of samples and labels, as pictures and people.
 *
 * @param samples the training samples of the run in the order that the engine was given.
 * @param classNames the people by label.
 */
export function costliestOf({ epoch, step, items }: ToldComparisons, { samples, classNames }: { samples: readonly RunSample[]; classNames: readonly string[] }): Costliest {
  const imageOf = (sample: RunSample | undefined): string | null => (sample ? `${runPicturePrefix(sample.runId)}${sample.position}` : null);
  const pictureOf = ({ sample, label }: { sample: number | null; label: number }) => ({ subject: classNames[label]!, imageId: sample === null ? null : imageOf(samples[sample]) });
  const sideOf = (side: CostlyCounterpart | null): CostlySide | null => {
    if (side === null) return null;
    const { subject, imageId } = pictureOf(side);
    const shown = side.isProxy ? imageOf(samples.find((sample) => sample.subject === subject)) : imageId;
    return { subject, imageId: shown, isProxy: side.isProxy, cosine: side.cosine, distance: Math.sqrt(Math.max(0, 2 - 2 * side.cosine)) };
  };
  return { epoch, step, items: items.map((item) => ({ cost: item.cost, step: item.step, anchor: pictureOf(item.anchor), positive: sideOf(item.positive), negative: sideOf(item.negative) })) };
}
