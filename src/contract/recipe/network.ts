import { z } from 'zod';

/** What the network sees: the crop, scaled to this size. Pixels reach it as (x - 127.5) / 128. */
export const inputSchema = z.strictObject({
  width: z.number().int().min(16).max(512).default(112).describe('Input width (pixels)'),
  height: z.number().int().min(16).max(512).default(112).describe('Input height (pixels)'),
  channels: z.union([z.literal(1), z.literal(3)]).default(1).describe('Channels'),
});
export type NetworkInput = z.infer<typeof inputSchema>;

const pooling = z.enum(['average', 'max', 'both']).default('average').describe('Pooling');
const width = z.number().min(0.25).max(4).default(1).describe('Width multiplier');

export const backboneSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('small'), pooling, width }),
  z.strictObject({ name: z.literal('resnet-18'), pooling, width }),
  z.strictObject({ name: z.literal('resnet-34'), pooling, width }),
  z.strictObject({ name: z.literal('resnet-50'), pooling, width }),
  z.strictObject({ name: z.literal('mobilefacenet'), width }),
]);
export type Backbone = z.infer<typeof backboneSchema>;

/** Chances are per image; ranges are symmetric around no change. All off leaves the picture as it is. */
export const augmentationSchema = z.strictObject({
  flip: z.number().min(0).max(1).default(0.5).describe('Mirror left and right (chance)'),
  crop: z.number().min(0).max(0.5).default(0.08).describe('Random crop (share of each side)'),
  rotationDegrees: z.number().min(0).max(180).default(8).describe('Rotation (degrees, either way)'),
  brightness: z.number().min(0).max(1).default(0.2).describe('Brightness (share, either way)'),
  contrast: z.number().min(0).max(1).default(0.2).describe('Contrast (share, either way)'),
  blur: z.number().min(0).max(1).default(0).describe('Blur (chance)'),
  occlusion: z.number().min(0).max(1).default(0.1).describe('Occlusion by a grey box (chance)'),
});
export type Augmentation = z.infer<typeof augmentationSchema>;
