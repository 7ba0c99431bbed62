import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer as OptimizerRecipe } from '../../contract/recipe/training.ts';
import type { Rule } from './optimizer.ts';

/** Stochastic gradient descent with momentum, or Nesterov's (Sutskever et al., ICML 2013), in PyTorch's form. */
export function sgd({ momentum, nesterov, weightDecay }: Extract<OptimizerRecipe, { name: 'sgd' }>): Rule {
  return {
    slots: ['velocity'],
    update(value, gradient, { slots, context }) {
      const g = context.decays && weightDecay > 0 ? tf.add(gradient, tf.mul(value, weightDecay)) : gradient;
      const velocity = tf.add(tf.mul(slots[0]!, momentum), g);
      const direction = nesterov ? tf.add(g, tf.mul(velocity, momentum)) : velocity;
      return { value: tf.sub(value, tf.mul(direction, context.learningRate)), slots: [velocity] };
    },
  };
}
