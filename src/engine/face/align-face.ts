import * as tf from '@tensorflow/tfjs-core';
import type { DetectedFace } from './detect-faces.ts';
import type { FaceModels } from './face-models.ts';
import { apply, fitSimilarity, invert, middle } from './geometry.ts';
import type { Point } from './geometry.ts';
import type { Photo } from './photo.ts';
import { warp } from './warp.ts';

/** Eyes, tip of the nose, corners of the mouth; left and right as in the picture. */
export type Landmarks = [leftEye: Point, rightEye: Point, nose: Point, leftMouth: Point, rightMouth: Point];

export const ALIGNED_SIDE = 112;
const MESH_SIDE = 192;
/** The mesh wants a quarter of the face's size around it on each side. */
const MESH_MARGIN = 1.5;

/** Where the five points are in a picture of 112 x 112 (ArcFace: Deng et al., CVPR 2019, as its code has them). */
const TEMPLATE: Landmarks = [
  { x: 38.2946, y: 51.6963 }, { x: 73.5318, y: 51.5014 }, { x: 56.0252, y: 71.7366 }, { x: 41.5493, y: 92.3655 }, { x: 70.7299, y: 92.2041 },
];

/** Points of the face mesh (Kartynnik et al., 2019) whose middle is each landmark: corners of an eye, else the point itself. */
const MESH_POINTS = [[33, 133], [362, 263], [1], [61], [291]] as const;

/** The landmarks in pixels of the photo, and how sure the mesh is to see a face, 0 to 1. */
export function findLandmarks(photo: Photo, face: DetectedFace, models: FaceModels): { landmarks: Landmarks; presence: number } {
  const [leftEye, rightEye] = face.eyes;
  const turn = Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x);
  const scale = MESH_SIDE / (MESH_MARGIN * Math.max(face.width, face.height));
  const [a, b] = [scale * Math.cos(-turn), scale * Math.sin(-turn)];
  const centre = { x: face.left + face.width / 2, y: face.top + face.height / 2 };
  const toMesh = { a, b, tx: MESH_SIDE / 2 - a * centre.x + b * centre.y, ty: MESH_SIDE / 2 - b * centre.x - a * centre.y };
  const [mesh, flag] = tf.tidy(() => {
    const input = tf.div(tf.tensor(warp(photo, toMesh, MESH_SIDE), [1, MESH_SIDE, MESH_SIDE, 3], 'float32'), 255);
    const [points, presence] = models.mesh(input, ['Identity_2', 'Identity_1']) as [tf.Tensor, tf.Tensor];
    return [points.dataSync(), presence.dataSync()];
  });
  const back = invert(toMesh);
  const landmarks = MESH_POINTS.map((indices) => apply(back, middle(indices.map((index) => ({ x: mesh[index * 3]!, y: mesh[index * 3 + 1]! })))));
  return { landmarks: landmarks as Landmarks, presence: flag[0]! };
}

/** The face in 112 x 112 RGB bytes, with its landmarks where the template has them. */
export function alignFace(photo: Photo, landmarks: Landmarks): Uint8Array {
  return Uint8Array.from(warp(photo, fitSimilarity(landmarks, TEMPLATE), ALIGNED_SIDE), Math.round);
}
