import type { Recipe } from '../contract/recipe/recipe.ts';
import { comparesPictures } from './lint-loss.ts';
import type { RecipeProblem } from './recipe-problem.ts';
import { warning } from './recipe-problem.ts';

/** From here on ε, not the gradient's own size, sets the length of a step of Adam or RMSprop. */
const DAMPING_EPSILON = 1e-2;
/** Unit proxies are thrown about by steps of such length. */
const WILD_STEP = 1;

/** Learning rates against ε: published pairs of both go together (ProxyNCA++: proxies at 4e2 with ε 1; ProxyGML: 3e-2 with 1e-2). */
export function lintOptimizer({ loss, optimizer, freezeBatchNorm, backbone }: Recipe): RecipeProblem[] {
  const problems = comparesPictures(loss) ? lintDamping(optimizer) : lintProxyRate(optimizer);
  if (freezeBatchNorm && !('fineTune' in backbone)) {
    problems.push(warning('freezeBatchNorm', 'A new network has no running statistics to keep: frozen, its batch normalisation does nothing. Freeze it to fine-tune a network only.'));
  }
  return problems;
}

function lintDamping(optimizer: Recipe['optimizer']): RecipeProblem[] {
  if (!('epsilon' in optimizer) || optimizer.epsilon < DAMPING_EPSILON || optimizer.learningRate >= DAMPING_EPSILON) return [];
  return [warning('optimizer.epsilon', `An ε of ${optimizer.epsilon} damps every step to far below the learning rate of ${optimizer.learningRate}.`)];
}

function lintProxyRate(optimizer: Recipe['optimizer']): RecipeProblem[] {
  if (!('epsilon' in optimizer)) return [];
  const { epsilon, proxyRate, learningRate } = optimizer;
  const rate = learningRate * proxyRate;
  if (epsilon < DAMPING_EPSILON && rate >= WILD_STEP) {
    return [warning('optimizer.proxyRate', `Proxies would learn at ${short(rate)} (${learningRate} × ${proxyRate}) with an ε of ${epsilon}: each step throws them across the sphere. Such rates go with an ε of 1 (ProxyNCA++: 4e2 with ε 1); with a small ε about 100 × the learning rate is usual.`)];
  }
  if (epsilon >= DAMPING_EPSILON && rate < epsilon) {
    return [warning('optimizer.epsilon', `An ε of ${epsilon} damps every step; at ${short(rate)} the proxies hardly move. ProxyGML learns them at 3e-2 with ε 1e-2, ProxyNCA++ at 4e2 with ε 1.`)];
  }
  if (epsilon < DAMPING_EPSILON && proxyRate < 10) {
    return [warning('optimizer.proxyRate', 'Proxies usually need 10 to 100 times the learning rate of the network; with less they hardly move.')];
  }
  return [];
}

const short = (rate: number): string => String(Number(rate.toPrecision(2)));
