import { RequestError } from '../contract/request-error.ts';
import type { ProbeSample } from '../contract/requests/matching.ts';
import type { FingerPosition, SeveralChoice } from '../contract/vocabulary.ts';
import type { ModelRecord } from '../store/models.ts';
import { fingerSeen } from './finger-positions.ts';
import type { ChosenImage } from './images.ts';
import { embedderOf } from './models.ts';
import type { Workbench } from './workbench.ts';

/** A face or a finger of a picture, ready to be compared. */
export interface Probe {
  sample: ProbeSample;
  vector: Float32Array;
}

export interface ProbeOrder {
  image: Pick<ChosenImage, 'fileName' | 'source'>;
  model: ModelRecord;
  several: SeveralChoice;
  /** Which finger it shows, where somebody said. */
  finger: FingerPosition | null;
}

/**
 * What is chosen of a picture, the largest first; at least one. Nothing of it is kept.
 *
 * @throws RequestError('bad-image') naming the picture, with what was wrong.
 */
export async function embedProbes(workbench: Workbench, { image, model, several, finger }: ProbeOrder): Promise<[Probe, ...Probe[]]> {
  const { vectors, size, samples, failures } = await workbench.engine.call('embed', {
    embedder: embedderOf(workbench.home, model), images: [image.source], several, cache: null,
  });
  const [first, ...others] = samples.map(({ image: _image, ...sample }, row): Probe => ({ sample: { ...sample, finger: finger ?? fingerSeen(sample.measures) }, vector: vectors.slice(row * size, (row + 1) * size) }));
  if (first === undefined) throw new RequestError('bad-image', `${image.fileName} cannot be compared: ${failures[0]?.reason ?? 'it could not be read'}`);
  return [first, ...others];
}
