import * as tf from '@tensorflow/tfjs-core';
import { ADAM_SLOTS, correctBias } from '../../learning/optimizers/adam.ts';
import type { AdamRecipe } from '../../learning/optimizers/adam.ts';
import type { Optimizer, OptimizerMemory, Update } from '../../learning/optimizers/optimizer.ts';
import { attribute, runMany, runOne } from './native-operations.ts';

/** TensorFlow's resources of one parameter: its value during an update, and both of Adam's slots. */
interface Resources {
  value: tf.Tensor;
  slots: tf.Tensor[];
  shape: number[];
  steps: number;
}

let resourceCount = 0;

/**
 * Adam and AdamW as one pass over memory for each parameter (TensorFlow's ResourceApplyAdam) in the place of ten. Same
 * arithmetic as learning/optimizers/adam.ts and adamw.ts.
 */
export function createNativeAdam(recipe: AdamRecipe): Optimizer {
  const known = new Map<string, Resources>();
  const forget = (): void => {
    for (const { value, slots } of known.values()) [value, ...slots].forEach(destroy);
    known.clear();
  };
  const remember = (): Map<string, OptimizerMemory> =>
    new Map([...known].map(([name, { slots, steps }]) => [name, { steps, slots: Object.fromEntries(ADAM_SLOTS.map((slot, index) => [slot, read(slots[index]!)])) }]));
  return {
    apply(updates) {
      for (const update of updates) {
        const resources = known.get(update.name) ?? createResources(update.variable.shape);
        known.set(update.name, resources);
        applyOne(recipe, update, resources);
      }
    },
    remember,
    restore(memory) {
      forget();
      for (const [name, { steps, slots }] of memory) {
        const resources = createResources(slots[ADAM_SLOTS[0]]!.shape);
        ADAM_SLOTS.forEach((slot, index) => { write(resources.slots[index]!, slots[slot]!); });
        known.set(name, { ...resources, steps });
      }
    },
    dispose: forget,
  };
}

function applyOne(recipe: AdamRecipe, update: Update, resources: Resources): void {
  resources.steps++;
  const { beta1, beta2, epsilon } = recipe;
  const { rate, dampedEpsilon } = correctBias({ beta1, beta2, epsilon, learningRate: update.learningRate }, resources.steps);
  tf.tidy(() => {
    const { value, gradient } = decayed(recipe, update);
    write(resources.value, value);
    // The bias corrections are in the rate and epsilon already, so TensorFlow's own powers of beta are 0.
    const scalars = [0, 0, rate, beta1, beta2, dampedEpsilon].map((number) => tf.scalar(number));
    const inputs = [resources.value, ...resources.slots, ...scalars, gradient];
    runMany('ResourceApplyAdam', [attribute.float32('T'), attribute.flag('use_locking', false), attribute.flag('use_nesterov', false)], { inputs, outputs: 0 });
    update.variable.assign(read(resources.value));
  });
}

/** Weight decay as each method has it: into the gradient for Adam, off the value for AdamW. */
function decayed(recipe: AdamRecipe, { variable, gradient, decays, learningRate }: Update): { value: tf.Tensor; gradient: tf.Tensor } {
  if (!decays || recipe.weightDecay === 0) return { value: variable, gradient };
  if (recipe.name === 'adamw') return { value: tf.mul(variable, 1 - learningRate * recipe.weightDecay), gradient };
  return { value: variable, gradient: tf.add(gradient, tf.mul(variable, recipe.weightDecay)) };
}

function createResources(shape: number[]): Resources {
  const create = (): tf.Tensor => tf.keep(runOne('VarHandleOp', [
    attribute.float32('dtype'),
    attribute.shape('shape', shape),
    attribute.text('shared_name', `adam-${process.pid}-${resourceCount++}`),
    attribute.text('container', ''),
  ], []));
  const slots = ADAM_SLOTS.map(() => {
    const slot = create();
    tf.tidy(() => { write(slot, tf.zeros(shape)); });
    return slot;
  });
  return { value: create(), slots, shape, steps: 0 };
}

const write = (resource: tf.Tensor, value: tf.Tensor): void => {
  runMany('AssignVariableOp', [attribute.float32('dtype')], { inputs: [resource, value], outputs: 0 });
};

const read = (resource: tf.Tensor): tf.Tensor => runOne('ReadVariableOp', [attribute.float32('dtype')], [resource]);

function destroy(resource: tf.Tensor): void {
  runMany('DestroyResourceOp', [attribute.flag('ignore_lookup_error', true)], { inputs: [resource], outputs: 0 });
  resource.dispose();
}
