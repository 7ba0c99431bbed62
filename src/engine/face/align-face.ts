import * as tf from '@tensorflow/tfjs-core';
import type { DetectedFace } from './detect-faces.ts';
import type { FaceModels } from './face-models.ts';
import { apply, fitSimilarity, invert, middle } from './geometry.ts';
import type { Point, Similarity } from './geometry.ts';
import type { Photo } from './photo.ts';
import { warp } from './warp.ts';

/** Eyes, tip of the nose, corners of the mouth; left and right as in the picture. */
export type Landmarks = [leftEye: Point, rightEye: Point, nose: Point, leftMouth: Point, rightMouth: Point];

export const ALIGNED_SIDE = 112;
const MESH_SIDE = 192;
/** The mesh wants a quarter of the face's size around it on each side. */
const MESH_MARGIN = 1.5;
/** Faces that the mesh sees at once. */
const BATCH = 16;

/** Where the five points are in a picture of 112 x 112 (ArcFace: Deng et al., CVPR 2019, as its code has them). */
const TEMPLATE: Landmarks = [
  { x: 38.2946, y: 51.6963 }, { x: 73.5318, y: 51.5014 }, { x: 56.0252, y: 71.7366 }, { x: 41.5493, y: 92.3655 }, { x: 70.7299, y: 92.2041 },
];

/** Points of the face mesh (Kartynnik et al., 2019) whose middle is each landmark: corners of an eye, else the point itself. */
const MESH_POINTS = [[33, 133], [362, 263], [1], [61], [291]] as const;
const MESH_NUMBERS = 468 * 3;

/** A face that was detected, and the photo it is in. */
export interface FaceInPhoto {
  photo: Photo;
  face: DetectedFace;
}

/** Landmarks in pixels of the photo, and how sure the mesh is to see a face, 0 to 1. */
export interface FoundLandmarks {
  landmarks: Landmarks;
  presence: number;
}

export function findLandmarks(faces: readonly FaceInPhoto[], models: FaceModels): FoundLandmarks[] {
  const found: FoundLandmarks[] = [];
  for (let first = 0; first < faces.length; first += BATCH) found.push(...landmarksOfBatch(faces.slice(first, first + BATCH), models));
  return found;
}

function landmarksOfBatch(faces: readonly FaceInPhoto[], models: FaceModels): FoundLandmarks[] {
  const toMeshes = faces.map(({ face }) => toMesh(face));
  const pixels = new Float32Array(faces.length * MESH_SIDE * MESH_SIDE * 3);
  for (const [index, { photo }] of faces.entries()) pixels.set(warp(photo, toMeshes[index]!, MESH_SIDE), index * MESH_SIDE * MESH_SIDE * 3);
  const [meshes, flags] = tf.tidy(() => {
    const input = tf.div(tf.tensor4d(pixels, [faces.length, MESH_SIDE, MESH_SIDE, 3]), 255);
    const [points, presence] = models.mesh(input, ['Identity_2', 'Identity_1']) as [tf.Tensor, tf.Tensor];
    return [points.dataSync(), presence.dataSync()];
  });
  return toMeshes.map((transform, face) => {
    const back = invert(transform);
    const point = (index: number): Point => ({ x: meshes[face * MESH_NUMBERS + index * 3]!, y: meshes[face * MESH_NUMBERS + index * 3 + 1]! });
    const landmarks = MESH_POINTS.map((indices) => apply(back, middle(indices.map(point)))) as Landmarks;
    return { landmarks, presence: flags[face]! };
  });
}

/** Turns the face upright and leaves a margin around it. */
function toMesh({ left, top, width, height, eyes: [leftEye, rightEye] }: DetectedFace): Similarity {
  const turn = Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x);
  const scale = MESH_SIDE / (MESH_MARGIN * Math.max(width, height));
  const [a, b] = [scale * Math.cos(-turn), scale * Math.sin(-turn)];
  const centre = { x: left + width / 2, y: top + height / 2 };
  return { a, b, tx: MESH_SIDE / 2 - a * centre.x + b * centre.y, ty: MESH_SIDE / 2 - b * centre.x - a * centre.y };
}

/** The face in 112 x 112 RGB bytes, with its landmarks where the template has them. */
export function alignFace(photo: Photo, landmarks: Landmarks): Uint8Array {
  return Uint8Array.from(warp(photo, fitSimilarity(landmarks, TEMPLATE), ALIGNED_SIDE), Math.round);
}
