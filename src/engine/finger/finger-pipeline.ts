import type { Photo } from '../face/photo.ts';
import type { Pipeline, PipelineSample } from '../pipeline/pipeline.ts';
import { aboutCore } from './core.ts';
import { findFingers } from './find-fingers.ts';
import { describeFingertip, shown } from './inspect-finger.ts';

/** Fingertips, as prints in the common ridge period, upright about their core. */
export const fingerPipeline: Pipeline = {
  version: 'finger-2',
  noun: 'finger',
  advice: 'choose a sharp photo of a fingertip, or of a hand with its fingers parted, on a plain background',
  find: (photos) => Promise.resolve(photos.map(samplesOf)),
};

function samplesOf(photo: Photo): PipelineSample[] {
  const samples = findFingers(photo).tips.map((tip, index) => {
    const sample = { ...describeFingertip(tip, { index, reduction: photo.reduction }), crop: shown(aboutCore(tip, tip.core)), embedding: null };
    return { width: tip.width, sample };
  });
  return samples.sort((one, other) => other.width - one.width).map(({ sample }) => sample);
}
