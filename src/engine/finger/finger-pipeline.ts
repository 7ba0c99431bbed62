import type { Pipeline } from '../pipeline/pipeline.ts';
import { findFingers } from './find-fingers.ts';
import { describeFingertip, shown } from './inspect-finger.ts';

/** Fingertips, as prints in the common ridge period. */
export const fingerPipeline: Pipeline = {
  version: 'finger-1',
  noun: 'finger',
  advice: 'choose a sharp photo of a fingertip, or of a hand with its fingers parted, on a plain background',
  find: (photo) => {
    const { tips } = findFingers(photo);
    const samples = tips.map((tip, index) => ({ width: tip.width, sample: { ...describeFingertip(tip, { index, reduction: photo.reduction }), crop: shown(tip.print) } }));
    return Promise.resolve(samples.sort((one, other) => other.width - one.width).map(({ sample }) => sample));
  },
};
