import type { SampleQuality } from '../../contract/requests/inspections.ts';
import { grade, judgeSample } from '../images/judge-sample.ts';
import type { Measure } from '../images/judge-sample.ts';
import { COMMON_PERIOD } from './enhance.ts';
import type { Fingertip } from './find-fingers.ts';
import type { GreyImage } from './grey-image.ts';

const [DARK, BRIGHT] = [25, 245];

/**
 * Quality of a fingertip: ridge clarity, sharpness, illumination, area and the core, the lowest of them. NFIQ 2 is made for contact prints of 500
 * pixels an inch, and is not valid here. The limits are our judgement: the score says what is wrong, not how large the error is.
 */
export function fingerQuality(tip: Fingertip): SampleQuality {
  return judgeSample([clarity(tip), sharpness(tip), illumination(tip), area(tip), core(tip)]);
}

/** Mean coherence of the ridges' direction. */
function clarity({ flow, mask, period }: Fingertip): Measure {
  const coherence = meanInside(mask, (at) => flow.coherence.data[at]!);
  return { name: 'ridge-clarity', score: period === null ? 0 : grade(coherence, 0.25, 0.6), reason: 'ridges are hard to see: hold still, come nearer, or turn a lamp to the side' };
}

/** The part of the local contrast that the ridges' filter answers to: of a blurred finger only the sensor's noise is left. */
function sharpness({ contrast, ridges, mask }: Fingertip): Measure {
  const [all, answered] = [meanInside(mask, (at) => contrast.data[at]! ** 2), meanInside(mask, (at) => ridges.data[at]! ** 2)];
  return { name: 'sharpness', score: grade(answered / (all + 1e-9), 0.05, 0.3), reason: 'blurred or grainy: hold still, focus on the fingertip, or make more light' };
}

/** A contact print is no photo: its ground is white and its ridges are black by their nature. */
function illumination({ scaled, mask, kind }: Fingertip): Measure {
  const shareOf = (isSo: (grey: number) => boolean): number => (kind === 'contact' ? 0 : meanInside(mask, (at) => (isSo(scaled.data[at]!) ? 1 : 0)));
  const [dark, bright] = [shareOf((grey) => grey < DARK), shareOf((grey) => grey > BRIGHT)];
  return {
    name: 'illumination',
    score: grade(dark + bright, 0.5, 0.05),
    reason: dark > bright ? 'too dark: turn a light to the finger' : 'glare: take light from the finger',
  };
}

/** Square ridge periods of the finger that can be seen; a full fingertip has 30 x 45 of them. */
function area({ mask, period, kind, crease }: Fingertip): Measure {
  const periods = mask.data.reduce((sum, value) => sum + value, 0) / COMMON_PERIOD ** 2;
  const isShort = kind === 'contactless' && crease !== null && crease < 1;
  return {
    name: 'area',
    score: period === null ? 0 : Math.min(grade(periods, 100, 600), isShort ? 50 : 100),
    reason: 'too little of the fingertip can be seen: show it from its tip to the crease',
  };
}

/** Whether the middle of the print, where comparison happens, is there and clear. */
function core({ core: { strength, clarity: around } }: Fingertip): Measure {
  return { name: 'core', score: grade(strength * around, 0.3, 1), reason: 'the middle of the print is not clear: show the whole fingertip, flat to the camera' };
}

function meanInside(mask: GreyImage, value: (at: number) => number): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < mask.data.length; at++) {
    if (mask.data[at]! < 0.5) continue;
    sum += value(at);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
