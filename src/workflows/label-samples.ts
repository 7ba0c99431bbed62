import type { TrainingSample } from '../contract/engine-port.ts';

interface NamedSample {
  path: string;
  subject: string;
  /** Which of several datasets it is from; the same name in two of them is two people. */
  dataset?: number;
  metadata: Record<string, string>;
}

/** Numbers the subjects 0, 1, 2... as they first appear: what an engine learns from. */
export function labelSamples(samples: readonly NamedSample[]): { classNames: string[]; samples: TrainingSample[] } {
  const labels = new Map<string, number>();
  const classNames: string[] = [];
  const labelled = samples.map(({ path, subject, dataset = 0, metadata }): TrainingSample => {
    const identity = `${dataset} ${subject}`;
    let label = labels.get(identity);
    if (label === undefined) {
      labels.set(identity, (label = labels.size));
      classNames.push(subject);
    }
    return { path, label, dataset, metadata };
  });
  return { classNames, samples: labelled };
}
