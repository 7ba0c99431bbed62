import type { LossOf } from '../../contract/recipe/losses.ts';
import type { ProxyInput, ProxyOutcome } from '../loss-proxies.ts';
import { softmaxOverProxies } from './softmax-over-proxies.ts';

/** sin θ is not taken smaller than this: the true slope sin(θ + m) / sin θ has a pole at θ = 0. */
const smallestSine = 1e-6;

/**
 * Additive angular margin (Deng et al., CVPR 2019, eq. 3): cross-entropy of scale cos θ_c, with scale cos(θ_y + m) for
 * the own class. Where θ_y + m > π, cos θ − m sin m keeps the logit falling. Gradient "identity" leaves the margin out
 * of the backward pass, as insightface does.
 */
export function arcface(input: ProxyInput, { scale, margin, gradient }: Omit<LossOf<'arcface'>, 'name'>): ProxyOutcome {
  const own = (similarity: number) => {
    const cosine = Math.min(1, Math.max(-1, similarity));
    const angle = Math.acos(cosine);
    if (angle + margin > Math.PI) return { logit: scale * (cosine - margin * Math.sin(margin)), slope: scale };
    const slope = Math.sin(angle + margin) / Math.max(Math.sin(angle), smallestSine);
    return { logit: scale * Math.cos(angle + margin), slope: gradient === 'exact' ? scale * slope : scale };
  };
  return softmaxOverProxies(input, { scale, own });
}
