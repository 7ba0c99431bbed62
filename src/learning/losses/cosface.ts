import type { LossOf } from '../../contract/recipe/losses.ts';
import type { ProxyInput, ProxyOutcome } from '../loss-proxies.ts';
import { softmaxOverProxies } from './softmax-over-proxies.ts';

/** Large margin cosine loss (Wang et al., CVPR 2018, eq. 4): cross-entropy of scale S_ic, with scale (S_iy − m) for the own class. */
export function cosface(input: ProxyInput, { scale, margin }: LossOf<'cosface'>): ProxyOutcome {
  return softmaxOverProxies(input, { scale, own: (similarity) => ({ logit: scale * (similarity - margin), slope: scale }) });
}
