import type { Scalar, Tensor1D } from '@tensorflow/tfjs-core';
import type { LossRecipe } from '../contract/recipe/losses.ts';
import type { MinerRecipe } from '../contract/recipe/miners.ts';
import type { RegularizerRecipe } from '../contract/recipe/regularizers.ts';
import { entryOf } from './catalogue.ts';
import type { PairEntry, ProxyEntry } from './catalogue.ts';
import { checkBatch, checkLabels, pairsOf, unitEmbeddings, unitProxies } from './loss-batch.ts';
import type { CheckedBatch, LossBatch } from './loss-batch.ts';
import { LossError } from './loss-error.ts';
import { fusedPairs, fusedPairStep, fusedProxies, fusedTuples } from './loss-fused.ts';
import type { FusedTerm } from './loss-fused.ts';
import { pairLoss, proxyLoss, weightedSum, zeroLoss } from './loss-gradient.ts';
import type { Weighted } from './loss-gradient.ts';
import { describeEmpty, describePairs, describeProxies } from './loss-describe.ts';
import type { LossDiagnostics } from './loss-report.ts';
import { measured } from './loss-selection.ts';
import type { MeasuredTable } from './loss-selection.ts';
import { describeNoTuples, describeTuples, tupleLoss, tuplesOf } from './loss-tuples.ts';
import type { TupleRows } from './loss-tuples.ts';
import { nPairRows } from './losses/n-pair.ts';
import { mine } from './miners/mine.ts';
import { embeddingNorm } from './regularizers/embedding-norm.ts';
import { languageGuidance } from './regularizers/language-guidance.ts';

/** What is minimised: a loss, who mines for it, and what is added. A null loss leaves the regularisers alone. */
export interface LossPlan {
  readonly loss: LossRecipe | null;
  readonly miner?: MinerRecipe | null;
  readonly regularizers?: readonly RegularizerRecipe[];
}

export interface LossResult {
  /** The value on the tape. */
  readonly loss: Scalar;
  readonly diagnostics: LossDiagnostics;
}

interface Term {
  readonly kind: 'pairs' | 'proxies';
  readonly loss: Scalar;
  readonly diagnostics: LossDiagnostics;
}

/**
 * The one function a training step calls, inside tf.variableGrads: the loss of a batch and what it told. Finite for
 * every batch it accepts; an empty batch costs 0.
 *
 * @throws LossError for a batch or a plan that cannot be computed, naming the row where one is to blame.
 */
export function computeLoss(plan: LossPlan, batch: LossBatch): LossResult {
  checkPlan(plan, batch);
  const inputs = [batch.embeddings, ...(batch.proxies ? [batch.proxies] : [])];
  if (batch.embeddings.shape[0] === 0 && batch.labels.length === 0) {
    return { loss: zeroLoss(inputs), diagnostics: describeEmpty({ norms: new Float32Array(), zeroVectors: 0 }) };
  }
  const fused = fusedLoss(plan, batch);
  const checked = checkBatch(batch, fused ? fused.norms.dataSync<'float32'>() as Float32Array : comparesPairs(plan));
  const main = plan.loss === null ? null : fused ? { kind: 'pairs' as const, ...fused.term(checked) } : termOf(plan.loss, plan, checked);
  const added = (plan.regularizers ?? []).flatMap((recipe) => regularizerTerms(recipe, checked));
  const needsPath = main === null || (batch.proxies && main.kind === 'pairs');
  const terms = [...(main ? [{ term: main.loss, weight: 1 }] : []), ...(needsPath ? [{ term: zeroLoss(inputs), weight: 1 }] : []), ...added];
  const loss = terms.length === 1 ? terms[0]!.term : weightedSum(terms);
  return { loss, diagnostics: main?.diagnostics ?? describeEmpty(checked) };
}

/** @throws LossError not-defined-here for combinations that have no formula. */
function checkPlan({ loss, miner, regularizers = [] }: LossPlan, { memory }: LossBatch): void {
  const entry = loss && entryOf(loss);
  const isDirected = regularizers.some(({ name, weight }) => name === 'direction' && weight > 0);
  if (isDirected && !entry?.isDirected) {
    throw new LossError('not-defined-here', 'Direction regularisation is defined for triplet, multi-similarity and proxy-nca only.');
  }
  if (isDirected && loss?.name === 'proxy-nca' && loss.variant === 'code') {
    throw new LossError('not-defined-here', 'Direction regularisation is defined for the paper variant of proxy-nca.');
  }
  if (isDirected && memory) throw new LossError('not-defined-here', 'Direction regularisation cannot use cross-batch memory.');
  if (memory && entry?.kind === 'proxies') {
    throw new LossError('not-defined-here', `Cross-batch memory is for pair losses; ${loss?.name} compares with proxies.`);
  }
  if (miner && !(entry?.kind === 'pairs' && entry.mines)) {
    throw new LossError('not-defined-here', `A miner has nothing to choose for ${loss?.name ?? 'no loss'}.`);
  }
}

const isGuided = ({ regularizers = [] }: LossPlan): boolean => regularizers.some(({ name, weight }) => name === 'language-guidance' && weight > 0);

const comparesPairs = (plan: LossPlan): boolean => isGuided(plan) || (plan.loss !== null && entryOf(plan.loss).kind === 'pairs');

interface Fused {
  /** ‖x_i‖, [batch]. */
  readonly norms: Tensor1D;
  readonly term: (batch: CheckedBatch) => FusedTerm;
}

/** Where the engine has the loss of the plan in one pass. */
function fusedLoss(plan: LossPlan, { embeddings, labels, kernels, memory }: LossBatch): Fused | null {
  const { loss } = plan;
  if (!kernels || !loss || plan.miner || memory || directionWeight(plan) > 0 || isGuided(plan)) return null;
  const [pairStep, overPairs, overTuples] = [kernels.pairSteps(loss), kernels.pairs(loss), kernels.tuples(loss)];
  if (pairStep || overPairs) {
    const norms = kernels.rowNorms(embeddings);
    return { norms, term: (batch) => (pairStep ? fusedPairStep(pairStep, batch, norms) : fusedPairs(overPairs!, batch, norms)) };
  }
  if (!overTuples || loss.name !== 'n-pair') return null;
  const rows = nPairRows(labels, loss);
  const count = rows.anchors.length;
  if (count === 0) return null;
  const norms = kernels.rowNorms(embeddings);
  return { norms, term: (batch) => fusedTuples(overTuples, batch, { rows, normWeight: loss.normPenalty / (4 * count), norms }) };
}

function directionWeight({ regularizers = [] }: LossPlan): number {
  return regularizers.reduce((sum, { name, weight }) => (name === 'direction' ? sum + weight : sum), 0);
}

function termOf(recipe: LossRecipe, plan: LossPlan, batch: CheckedBatch): Term {
  const entry = entryOf(recipe);
  return entry.kind === 'pairs' ? pairTerm(entry, { recipe, plan }, batch) : proxyTerm(entry, { recipe, plan }, batch);
}

interface Task {
  readonly recipe: LossRecipe;
  readonly plan: LossPlan;
}

function pairTerm(entry: PairEntry<LossRecipe>, { recipe, plan }: Task, batch: CheckedBatch): Term {
  if (entry.chooses) return tupleTerm(entry, recipe, { batch, chosen: entry.chooses(batch.labels, recipe) });
  const pairs = pairsOf(batch, entry.isUnit(recipe), batch.memory);
  const { table } = pairs;
  let lasting: MeasuredTable | null = null;
  const measure = () => (lasting ??= measured(table, entry.distance(recipe)));
  const draw = { width: batch.embeddings.shape[1], random: batch.random ?? noRandomness };
  const selection = plan.miner ? mine(plan.miner, measure(), draw) : null;
  const outcome = entry.compute({ table, measure, direction: directionWeight(plan), ...(selection && { selection }) }, recipe);
  const mined = selection && { selection, table: measure() };
  return { kind: 'pairs', loss: pairLoss(pairs, outcome), diagnostics: describePairs(batch, { table, outcome, mined }) };
}

/** A loss that compares chosen rows only. */
function tupleTerm(entry: PairEntry<LossRecipe>, recipe: LossRecipe, { batch, chosen }: { batch: CheckedBatch; chosen: TupleRows }): Term {
  if (chosen.anchors.length === 0) return { kind: 'pairs', loss: zeroLoss([batch.embeddings]), diagnostics: describeNoTuples(batch) };
  const tuples = tuplesOf(batch, chosen, entry.isUnit(recipe));
  const { table } = tuples;
  const outcome = entry.compute({ table, measure: () => measured(table, entry.distance(recipe)), direction: 0 }, recipe);
  return { kind: 'pairs', loss: tupleLoss(tuples, outcome), diagnostics: describeTuples(batch, tuples, outcome) };
}

function noRandomness(): never {
  throw new TypeError('This miner draws: give the batch a random generator.');
}

function proxyTerm(entry: ProxyEntry<LossRecipe>, { recipe, plan }: Task, batch: CheckedBatch): Term {
  const { perClass } = entry.proxies(recipe, 1);
  const proxies = unitProxies(batch, perClass);
  const fast = directionWeight(plan) > 0 ? null : batch.kernels?.proxies(recipe);
  if (fast) return { kind: 'proxies', ...fusedProxies(fast, batch, { rows: unitEmbeddings(batch), proxies, perClass }) };
  let diagnostics = describeEmpty(batch);
  const loss = proxyLoss(unitEmbeddings(batch), proxies, (similarity) => {
    const outcome = entry.compute({ similarity, labels: batch.labels, proxies, direction: directionWeight(plan), kernels: batch.kernels ?? null }, recipe);
    diagnostics = describeProxies(batch, { similarity, perClass, outcome });
    return outcome;
  });
  return { kind: 'proxies', loss, diagnostics };
}

/** The weighted regularisers that stand beside the loss; direction stands inside it. */
function regularizerTerms(recipe: RegularizerRecipe, batch: CheckedBatch): Weighted[] {
  if (recipe.weight === 0 || recipe.name === 'direction') return [];
  if (recipe.name === 'embedding-norm') return [{ term: embeddingNorm(batch.embeddings, batch.norms, recipe.power), weight: recipe.weight }];
  const text = batch.textSimilarity;
  if (!text) throw new LossError('text-similarity-missing', 'Language guidance needs the similarities of the class texts.');
  checkLabels(batch.labels, text.classes);
  const pairs = pairsOf(batch, true);
  const guided = languageGuidance(pairs.table, { labels: batch.labels, text }, recipe);
  return [{ term: pairLoss(pairs, guided), weight: recipe.weight }];
}
