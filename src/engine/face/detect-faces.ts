import * as tf from '@tensorflow/tfjs-core';
import type { Point, Similarity } from './geometry.ts';
import { apply, invert } from './geometry.ts';
import type { FaceModels } from './face-models.ts';
import type { Photo } from './photo.ts';
import { warp } from './warp.ts';

/** A face as the detector sees it, in pixels of the photo. */
export interface DetectedFace {
  left: number;
  top: number;
  width: number;
  height: number;
  /** 0 to 1. */
  confidence: number;
  /** Eyes as they stand in the picture, from the left. */
  eyes: [Point, Point];
}

const SIDE = 256;
const LEAST_CONFIDENCE = 0.5;
/** Two boxes that share more than this part of their union are one face. */
const SAME_FACE = 0.3;
/** A face that fills the photo is found when the photo is made smaller; the first look sees it as it is. */
const LOOKS = [1, 0.5];

/** BlazeFace (Bazarevsky et al., 2019), its variant of 256 x 256: cells of 16 pixels with 2 anchors, then of 32 with 6. */
const ANCHORS: readonly Point[] = [[16, 2], [32, 6]].flatMap(([stride, count]) => {
  const cells = SIDE / stride!;
  return Array.from({ length: cells * cells * count! }, (_, index) => {
    const cell = Math.floor(index / count!);
    return { x: ((cell % cells) + 0.5) * stride!, y: (Math.floor(cell / cells) + 0.5) * stride! };
  });
});

/** All faces of a photo, the largest first; none is a normal answer. */
export function detectFaces(photo: Photo, models: FaceModels): DetectedFace[] {
  for (const look of LOOKS) {
    const faces = lookOnce(photo, models, look);
    if (faces.length > 0) return faces.sort((one, other) => other.width * other.height - one.width * one.height);
  }
  return [];
}

/** @param look the part of the detector's square that the photo's longer side takes. */
function lookOnce(photo: Photo, models: FaceModels, look: number): DetectedFace[] {
  const scale = (look * SIDE) / Math.max(photo.width, photo.height);
  const toSquare: Similarity = { a: scale, b: 0, tx: (SIDE - scale * photo.width) / 2, ty: (SIDE - scale * photo.height) / 2 };
  const [confidences, boxes] = tf.tidy(() => {
    const input = tf.sub(tf.div(tf.tensor(warp(photo, toSquare, SIDE), [1, SIDE, SIDE, 3], 'float32'), 127.5), 1);
    const [fine, coarse, fineBoxes, coarseBoxes] = models.detector(input, ['Identity', 'Identity_1', 'Identity_2', 'Identity_3']) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    return [tf.sigmoid(tf.concat([fine, coarse], 1)).dataSync(), tf.concat([fineBoxes, coarseBoxes], 1).dataSync()];
  });
  const back = invert(toSquare);
  const faces = ANCHORS.flatMap((anchor, index) => {
    const confidence = confidences[index]!;
    return confidence < LEAST_CONFIDENCE ? [] : [decode(boxes.subarray(index * 16, index * 16 + 16), { anchor, back, confidence })];
  });
  return dropRepeated(faces);
}

/** A row of the detector: centre and size of the box, then six points (eyes, nose, mouth, ears), all from the anchor. */
function decode(row: ArrayLike<number>, { anchor, back, confidence }: { anchor: Point; back: Similarity; confidence: number }): DetectedFace {
  const point = (at: number): Point => apply(back, { x: row[at]! + anchor.x, y: row[at + 1]! + anchor.y });
  const centre = point(0);
  const [width, height] = [row[2]! * back.a, row[3]! * back.a];
  return { left: centre.x - width / 2, top: centre.y - height / 2, width, height, confidence, eyes: [point(4), point(6)] };
}

/** Keeps the surest of boxes that lie over each other. */
function dropRepeated(faces: DetectedFace[]): DetectedFace[] {
  const kept: DetectedFace[] = [];
  for (const face of faces.sort((one, other) => other.confidence - one.confidence)) {
    if (kept.every((other) => sharedPart(face, other) < SAME_FACE)) kept.push(face);
  }
  return kept;
}

function sharedPart(one: DetectedFace, other: DetectedFace): number {
  const width = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
  const height = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (one.width * one.height + other.width * other.height - shared);
}
