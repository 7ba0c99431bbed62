import type { TrainingSample } from '../contract/engine-port.ts';

interface NamedSample {
  path: string;
  subject: string;
  metadata: Record<string, string>;
}

/** Numbers the subjects 0, 1, 2... as they first appear: what an engine learns from. */
export function labelSamples(samples: readonly NamedSample[]): { classNames: string[]; samples: TrainingSample[] } {
  const labels = new Map<string, number>();
  for (const { subject } of samples) if (!labels.has(subject)) labels.set(subject, labels.size);
  return {
    classNames: [...labels.keys()],
    samples: samples.map(({ path, subject, metadata }) => ({ path, label: labels.get(subject)!, metadata })),
  };
}
