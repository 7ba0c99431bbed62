import type { LossName, LossOf, LossRecipe } from '../contract/recipe/losses.ts';
import { cosine, distances } from './distances/distance.ts';
import type { Distance } from './distances/distance.ts';
import type { PairOutcome, PairTable } from './loss-pairs.ts';
import type { FullProxyInput, ProxyInitializer, ProxyOutcome, ProxyPlan } from './loss-proxies.ts';
import { rolesOf } from './loss-selection.ts';
import type { MeasuredTable, Selection } from './loss-selection.ts';
import type { TupleRows } from './loss-tuples.ts';
import { arcface } from './losses/arcface.ts';
import { circle } from './losses/circle.ts';
import { contrastive } from './losses/contrastive.ts';
import { cosface } from './losses/cosface.ts';
import { multiSimilarity } from './losses/multi-similarity.ts';
import { nPair, nPairRows } from './losses/n-pair.ts';
import { nca } from './losses/nca.ts';
import { ntXent } from './losses/nt-xent.ts';
import { proxyAnchor } from './losses/proxy-anchor.ts';
import { proxyGml } from './losses/proxy-gml.ts';
import { proxyNca } from './losses/proxy-nca.ts';
import { proxyNcaPlusPlus } from './losses/proxy-nca-plus-plus.ts';
import { softTriple } from './losses/soft-triple.ts';
import { subCenterArcface } from './losses/sub-center-arcface.ts';
import { supCon } from './losses/sup-con.ts';
import { triplet } from './losses/triplet.ts';
import { loweredByDirection } from './regularizers/direction.ts';

/** What a loss over pairs or triplets is computed from. */
export interface PairInput {
  /** Similarities and the roles by label. */
  readonly table: PairTable;
  /** The same with the distances of the loss, computed once when first asked for. */
  readonly measure: () => MeasuredTable;
  /** What the miner chose; everything when left out. */
  readonly selection?: Selection;
  /** γ of direction regularisation; 0 for none. */
  readonly direction: number;
}

/** A loss over the pairs or triplets of a batch. */
export interface PairEntry<Recipe> {
  readonly kind: 'pairs';
  /** Whether a miner may choose its pairs. */
  readonly mines: boolean;
  /** Whether direction regularisation is defined for it. */
  readonly isDirected: boolean;
  /** The distance that miner and loss share. */
  readonly distance: (recipe: Recipe) => Distance;
  /** Whether it compares unit rows, or the embeddings as they are. */
  readonly isUnit: (recipe: Recipe) => boolean;
  /** The only rows it compares; every row with every other when left out. */
  readonly chooses?: (labels: Int32Array, recipe: Recipe) => TupleRows;
  readonly compute: (input: PairInput, recipe: Recipe) => PairOutcome;
}

/** A loss against proxies it learns. */
export interface ProxyEntry<Recipe> {
  readonly kind: 'proxies';
  readonly isDirected: boolean;
  readonly proxies: (recipe: Recipe, classes: number) => ProxyPlan;
  readonly compute: (input: FullProxyInput, recipe: Recipe) => ProxyOutcome;
}

export type CatalogueEntry<Recipe> = PairEntry<Recipe> | ProxyEntry<Recipe>;

/** A pair loss on unit rows and cosine distance, except where it differs. */
function overPairs<Recipe>(
  compute: PairEntry<Recipe>['compute'], differences: Partial<PairEntry<Recipe>> = {},
): PairEntry<Recipe> {
  return { kind: 'pairs', mines: true, isDirected: false, distance: () => cosine, isUnit: () => true, compute, ...differences };
}

/** The mined pairs of the table. */
function chosen({ table, measure, selection }: PairInput): PairTable {
  return selection ? { ...table, role: rolesOf(selection, measure()) } : table;
}

const onPairs = <Recipe>(loss: (table: PairTable, recipe: Recipe) => PairOutcome) =>
  (input: PairInput, recipe: Recipe) => loss(chosen(input), recipe);

function overProxies<Recipe>(
  initializer: ProxyInitializer, compute: ProxyEntry<Recipe>['compute'], perClassOf: (recipe: Recipe) => number = () => 1,
): ProxyEntry<Recipe> {
  const proxies = (recipe: Recipe, classes: number): ProxyPlan => {
    const perClass = perClassOf(recipe);
    return { rows: classes * perClass, perClass, initializer };
  };
  return { kind: 'proxies', isDirected: false, proxies, compute };
}

const perClass = (recipe: { subProxies: number }) => recipe.subProxies;

// Lengths of proxies have no effect on values, as all are normalised; on the size of the first steps they do.
const smallNormal: ProxyInitializer = { kind: 'normal', deviation: 1 / 8 }; // ProxyNCA, ProxyNCA++
const tinyNormal: ProxyInitializer = { kind: 'normal', deviation: 0.01 }; // insightface
const fanOut: ProxyInitializer = { kind: 'kaiming-normal-fan-out' }; // Proxy-Anchor
const uniform: ProxyInitializer = { kind: 'kaiming-uniform', slope: Math.sqrt(5) }; // ProxyGML, SoftTriple

type Catalogue = { readonly [Name in LossName]: CatalogueEntry<LossOf<Name>> };

/** Every loss by its name: the one place that knows them all. */
export const catalogue: Catalogue = {
  contrastive: overPairs(onPairs(contrastive), {
    distance: ({ variant }) => distances[variant === 'survey' ? 'squared-euclidean' : 'euclidean'],
  }),
  triplet: overPairs(({ measure, ...input }, recipe) => triplet({ ...input, table: measure() }, recipe), {
    isDirected: true, distance: (recipe) => distances[recipe.distance],
  }),
  'n-pair': overPairs(onPairs(nPair), { mines: false, isUnit: ({ normalize }) => normalize, chooses: nPairRows }),
  'multi-similarity': overPairs((input, recipe) => multiSimilarity(chosen(input), recipe, input.direction > 0 ? loweredByDirection(input.table, input.direction) : undefined), { isDirected: true }),
  nca: overPairs(onPairs(nca), { distance: () => distances['squared-euclidean'] }),
  'nt-xent': overPairs(onPairs(ntXent)),
  'sup-con': overPairs(onPairs(supCon)),
  circle: overPairs(onPairs(circle)),
  'proxy-nca': { ...overProxies(smallNormal, proxyNca), isDirected: true },
  'proxy-nca-plus-plus': overProxies(smallNormal, proxyNcaPlusPlus),
  'proxy-anchor': overProxies(fanOut, proxyAnchor),
  'proxy-gml': overProxies(uniform, proxyGml, perClass),
  arcface: overProxies(tinyNormal, arcface),
  cosface: overProxies(tinyNormal, cosface),
  'soft-triple': overProxies(uniform, softTriple, perClass),
  'sub-center-arcface': overProxies(tinyNormal, subCenterArcface, perClass),
};

/** The entry of a recipe, typed for it. */
export function entryOf<Recipe extends LossRecipe>(recipe: Recipe): CatalogueEntry<Recipe> {
  return catalogue[recipe.name] as unknown as CatalogueEntry<Recipe>;
}
