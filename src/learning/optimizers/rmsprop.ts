import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer as OptimizerRecipe } from '../../contract/recipe/training.ts';
import type { Rule } from './optimizer.ts';

/** RMSProp (Tieleman and Hinton 2012), not centred, in PyTorch's form: epsilon outside the root. */
export function rmsprop({ decay, momentum, epsilon, weightDecay }: Extract<OptimizerRecipe, { name: 'rmsprop' }>): Rule {
  return {
    slots: ['square', 'velocity'],
    update(value, gradient, { slots, context }) {
      const g = context.decays && weightDecay > 0 ? tf.add(gradient, tf.mul(value, weightDecay)) : gradient;
      const square = tf.add(tf.mul(slots[0]!, decay), tf.mul(tf.square(g), 1 - decay));
      const scaled = tf.div(g, tf.add(tf.sqrt(square), epsilon));
      const velocity = tf.add(tf.mul(slots[1]!, momentum), scaled);
      return { value: tf.sub(value, tf.mul(velocity, context.learningRate)), slots: [square, velocity] };
    },
  };
}
