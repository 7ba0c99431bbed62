import { z } from 'zod';
import { absolutePath } from '../vocabulary.ts';

/** What finds the sample in a picture: nothing (its centre is the sample), or a pipeline of the engine. */
export const samplePipeline = z.enum(['none', 'face', 'finger']);
export type SamplePipeline = z.infer<typeof samplePipeline>;

/**
 * What the network sees: the crop, scaled to this size. Pixels reach it as (x - 127.5) / 128. With `mirror` a template is made
 * of the picture and its mirror image (the sum of both unit embeddings), as is usual for faces.
 */
export const inputSchema = z.strictObject({
  width: z.number().int().min(16).max(512).default(56).describe('Input width (pixels)'),
  height: z.number().int().min(16).max(512).default(56).describe('Input height (pixels)'),
  channels: z.union([z.literal(1), z.literal(3)]).default(1).describe('Channels'),
  mirror: z.boolean().default(true).describe('Average with the mirror image'),
  pipeline: samplePipeline.default('none').describe('What finds the sample in a picture'),
});
export type NetworkInput = z.infer<typeof inputSchema>;

/** `none`: every place keeps its features, so that an eye and a chin are told apart by where they are. */
const pooling = z.enum(['none', 'average', 'max', 'both']).default('average').describe('Pooling');
const width = z.number().min(0.25).max(4).default(1).describe('Width multiplier');

export const backboneSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('small'), pooling: pooling.default('none'), width }),
  z.strictObject({ name: z.literal('resnet-18'), pooling, width }),
  z.strictObject({ name: z.literal('resnet-34'), pooling, width }),
  z.strictObject({ name: z.literal('resnet-50'), pooling, width }),
  z.strictObject({ name: z.literal('mobilefacenet'), width }),
  z.strictObject({ name: z.literal('ridge-flow') }).describe('Flow of a print\'s ridges about its core; only the embedding layer learns'),
  z.strictObject({
    name: z.literal('graph-model'),
    folder: absolutePath.describe('Folder with model.json and its weights'),
    /** Null: the graph's own, if it has one only. */
    output: z.string().min(1).nullable().default(null).describe('Node that gives the features'),
    /** What the graph was trained on; around-zero is (x - 127.5) / 128. */
    pixels: z.enum(['around-zero', 'zero-to-one', 'zero-to-255', 'imagenet']).default('around-zero').describe('Pixels as the graph knows them'),
    pooling,
    fineTune: z.boolean().default(false).describe('Fine-tune its weights too'),
  }).describe('A TensorFlow.js graph model: its features, and a head that learns'),
  /** MobileFaceNet as the set-up fetches it (docs/faces.md): 112 x 112 colour pixels of an aligned face to 192 numbers. */
  z.strictObject({
    name: z.literal('pretrained-face'),
    /** Without: its 192 numbers are the embedding. Of 192 numbers too, the layer begins as one that changes nothing. */
    head: z.boolean().default(true).describe('Embedding layer of its own'),
    fineTune: z.boolean().default(false).describe('Fine-tune its weights too'),
  }).describe('The pretrained embedder of aligned faces'),
]);
export type Backbone = z.infer<typeof backboneSchema>;

/** Chances are per image; ranges are symmetric around no change. All off leaves the picture as it is. */
export const augmentationSchema = z.strictObject({
  flip: z.number().min(0).max(1).default(0.5).describe('Mirror left and right (chance)'),
  crop: z.number().min(0).max(0.5).default(0.12).describe('Random crop (share of each side)'),
  rotationDegrees: z.number().min(0).max(180).default(10).describe('Rotation (degrees, either way)'),
  brightness: z.number().min(0).max(1).default(0.05).describe('Brightness (share, either way)'),
  contrast: z.number().min(0).max(1).default(0.1).describe('Contrast (share, either way)'),
  blur: z.number().min(0).max(1).default(0).describe('Blur (chance)'),
  occlusion: z.number().min(0).max(1).default(0.2).describe('Occlusion by a grey box (chance)'),
  // What a phone does to a finger, or to anything else.
  tiltDegrees: z.number().min(0).max(80).default(0).describe('Tilt out of the picture (degrees)'),
  scale: z.number().min(0).max(0.5).default(0).describe('Scale (share, either way)'),
  distortion: z.number().min(0).max(0.2).default(0).describe('Elastic distortion (share of the width)'),
  defocus: z.number().min(0).max(1).default(0).describe('Defocus (chance)'),
  glare: z.number().min(0).max(1).default(0).describe('Glare of a lamp (chance)'),
  tone: z.number().min(0).max(1).default(0).describe('Skin tone: bends the grey scale (either way)'),
});
export type Augmentation = z.infer<typeof augmentationSchema>;
