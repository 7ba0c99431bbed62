import type { SeveralChoice } from '../../contract/vocabulary.ts';
import { UnreadableImage } from '../images/open-image.ts';
import type { Pipeline } from './pipeline.ts';

/** Those of the samples (the largest first) that are wanted. @throws UnreadableImage for none, or for several where one is required. */
export function chooseSamples<Sample>(samples: readonly Sample[], several: SeveralChoice, { noun, advice }: Pick<Pipeline, 'noun' | 'advice'>): readonly Sample[] {
  const [largest] = samples;
  if (largest === undefined) throw new UnreadableImage(`no ${noun} was found in it; ${advice}`);
  if (several === 'all') return samples;
  if (several === 'one' && samples.length > 1) {
    const orHand = noun === 'finger' ? ', or say that it is a whole hand' : '';
    throw new UnreadableImage(`${samples.length} ${noun}s were found in it, and one is required; crop it to the ${noun}, or take the largest${orHand}`);
  }
  return [largest];
}
