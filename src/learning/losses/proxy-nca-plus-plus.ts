import type { LossOf } from '../../contract/recipe/losses.ts';
import type { ProxyInput, ProxyOutcome } from '../loss-proxies.ts';
import { softmaxOverProxies } from './softmax-over-proxies.ts';

/**
 * ProxyNCA++ (Teh et al., ECCV 2020; survey eq. 17 with T inside the exponent):
 * −mean_i log( e^{−D²(f_i, p_y)/T} / Σ_c e^{−D²(f_i, p_c)/T} ) over all proxies. On the sphere −D² = 2S − 2, and the
 * constant cancels.
 */
export function proxyNcaPlusPlus(input: ProxyInput, { temperature }: LossOf<'proxy-nca-plus-plus'>): ProxyOutcome {
  return softmaxOverProxies(input, { scale: 2 / temperature });
}
