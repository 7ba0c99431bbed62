import * as tf from '@tensorflow/tfjs-core';
import { RequestError } from '../../contract/request-error.ts';
import type { FaceModels } from './face-models.ts';

const SIDE = 112;
const LEAST_COSINE = 0.999;

/** What the repaired MobileFaceNet makes of the golden picture, in steps of 1/127 of its largest number. */
const GOLDEN = Buffer.from('AQQBAvYJ6QXjGvsBAAMAAPn9AQL5ATIC/fn47hIMAX8LAN/zBQQADwABAP0BCfcWAAsO/8n/BgAIAfUCFfLhDwDh/gEDAfz+9gQE/v8A2Nz++f438AD+JfrM+f8D+uz0/hgAAQH/AgH/AfkA/gIoAAQYAxMA9S8SKfr9/wEBAQD+7AIE/uke/dL+AwH////38Q73AgIC+8gNAP/+Av3M//YB//8BBgPqAAATIADnBQIb9vwC8/n9ARUQ3fbz8fUC', 'base64');

/** Rings around the middle, in another rhythm in each channel: nothing to recognise, but every layer answers to it. */
export function goldenPicture(): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, index) => {
    const pixel = Math.floor(index / 3);
    const distance = Math.hypot((pixel % SIDE) - SIDE / 2, Math.floor(pixel / SIDE) - SIDE / 2);
    return Math.round(127.5 + 100 * Math.sin(distance / (5 + 2 * (index % 3))));
  });
}

/** @throws RequestError('no-model') when the embedder does not compute what it did when its errors were measured. */
export function checkGolden(embed: FaceModels['embed']): void {
  const embedding = tf.tidy(() => embed(tf.tensor4d(goldenPicture(), [1, SIDE, SIDE, 3], 'float32')).dataSync());
  const length = Math.hypot(...new Int8Array(GOLDEN));
  const cosine = new Int8Array(GOLDEN).reduce((sum, value, index) => sum + (value / length) * embedding[index]!, 0);
  if (cosine >= LEAST_COSINE) return;
  throw new RequestError('no-model', `The face embedder does not compute what it should (cosine ${cosine.toFixed(4)} to its golden embedding). Fetch the face models again.`);
}
