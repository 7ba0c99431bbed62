import type * as tf from '@tensorflow/tfjs-core';
import type { Backbone } from '../../contract/recipe/network.ts';
import type { Layers } from '../layers.ts';
import { mobilefacenet } from './mobilefacenet.ts';
import { resnet18 } from './resnet-18.ts';
import { resnet34 } from './resnet-34.ts';
import { resnet50 } from './resnet-50.ts';
import { ridgeFlow } from './ridge-flow.ts';
import { small } from './small.ts';

/** Pictures [batch, height, width, channels] to features [batch, h, w, c]; `width` multiplies the channels. */
export type BackboneForward = (layers: Layers, images: tf.Tensor4D, width: number) => tf.Tensor4D;

/** One entry for each `recipe.backbone.name` that is ours; graphs that were made elsewhere are opened by the engine. */
export const BACKBONES: Record<Exclude<Backbone['name'], 'graph-model' | 'pretrained-face'>, BackboneForward> = {
  small,
  'resnet-18': resnet18,
  'resnet-34': resnet34,
  'resnet-50': resnet50,
  mobilefacenet,
  'ridge-flow': (_, images) => ridgeFlow(images),
};
