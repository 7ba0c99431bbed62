import * as tf from '@tensorflow/tfjs-core';
import type { DetectedFace } from './detect-faces.ts';
import type { FaceModels } from './face-models.ts';
import { apply, fitSimilarity, invert, middle } from './geometry.ts';
import type { Point, Similarity } from './geometry.ts';
import type { Photo } from './photo.ts';
import { readOut } from './read-out.ts';
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
const LANDMARK_POINTS = [[33, 133], [362, 263], [1], [61], [291]] as const;
const MESH_POINTS = 468;

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

/**
 * The mesh looks twice at each face: where the detector saw it, and then where the mesh saw it, since the box of a face that was small to
 * the detector is a rough one. Presence is the higher of both.
 */
export function findLandmarks(faces: readonly FaceInPhoto[], models: FaceModels): FoundLandmarks[] {
  const first = seeMeshes(faces.map(({ photo, face }) => ({ photo, region: regionOfBox(face) })), models);
  const second = seeMeshes(faces.map(({ photo }, index) => ({ photo, region: first[index]!.region })), models);
  return second.map(({ landmarks, presence }, index) => ({ landmarks, presence: Math.max(presence, first[index]!.presence) }));
}

/** A square around a face, turned as its eyes are. */
interface Region {
  centre: Point;
  side: number;
  /** Radians, clockwise in the picture. */
  turn: number;
}

interface Mesh extends FoundLandmarks {
  /** Around all points of the mesh. */
  region: Region;
}

function seeMeshes(places: readonly { photo: Photo; region: Region }[], models: FaceModels): Mesh[] {
  const seen: Mesh[] = [];
  for (let first = 0; first < places.length; first += BATCH) seen.push(...seeBatch(places.slice(first, first + BATCH), models));
  return seen;
}

function seeBatch(places: readonly { photo: Photo; region: Region }[], models: FaceModels): Mesh[] {
  const toMeshes = places.map(({ region }) => toMesh(region));
  const pixels = new Float32Array(places.length * MESH_SIDE * MESH_SIDE * 3);
  for (const [index, { photo }] of places.entries()) pixels.set(warp(photo, toMeshes[index]!, MESH_SIDE), index * MESH_SIDE * MESH_SIDE * 3);
  const [meshes, flags] = readOut(() => {
    const input = tf.div(tf.tensor4d(pixels, [places.length, MESH_SIDE, MESH_SIDE, 3]), 255);
    return models.mesh(input, ['Identity_2', 'Identity_1']);
  }) as [Float32Array, Float32Array];
  return toMeshes.map((transform, place) => {
    const back = invert(transform);
    const points = Array.from({ length: MESH_POINTS }, (_, index) => apply(back, { x: meshes[(place * MESH_POINTS + index) * 3]!, y: meshes[(place * MESH_POINTS + index) * 3 + 1]! }));
    const landmarks = LANDMARK_POINTS.map((indices) => middle(indices.map((index) => points[index]!))) as Landmarks;
    return { landmarks, presence: flags[place]!, region: regionOfMesh(points, landmarks) };
  });
}

function regionOfBox({ left, top, width, height, eyes: [leftEye, rightEye] }: DetectedFace): Region {
  return { centre: { x: left + width / 2, y: top + height / 2 }, side: MESH_MARGIN * Math.max(width, height), turn: Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x) };
}

/** Around the points as they lie when the eyes are level. */
function regionOfMesh(points: readonly Point[], [leftEye, rightEye]: Landmarks): Region {
  const turn = Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x);
  const [level, upright] = [-turn, turn].map((angle): Similarity => ({ a: Math.cos(angle), b: Math.sin(angle), tx: 0, ty: 0 }));
  const [low, high] = [{ x: Infinity, y: Infinity }, { x: -Infinity, y: -Infinity }];
  for (const point of points) {
    const { x, y } = apply(level!, point);
    [low.x, low.y, high.x, high.y] = [Math.min(low.x, x), Math.min(low.y, y), Math.max(high.x, x), Math.max(high.y, y)];
  }
  return { centre: apply(upright!, middle([low, high])), side: MESH_MARGIN * Math.max(high.x - low.x, high.y - low.y), turn };
}

function toMesh({ centre, side, turn }: Region): Similarity {
  const scale = MESH_SIDE / side;
  const [a, b] = [scale * Math.cos(-turn), scale * Math.sin(-turn)];
  return { a, b, tx: MESH_SIDE / 2 - a * centre.x + b * centre.y, ty: MESH_SIDE / 2 - b * centre.x - a * centre.y };
}

/** The face in 112 x 112 RGB bytes, with its landmarks where the template has them. */
export function alignFace(photo: Photo, landmarks: Landmarks): Uint8Array {
  // Rounds, as fast as memory is copied.
  return new Uint8Array(new Uint8ClampedArray(warp(photo, fitSimilarity(landmarks, TEMPLATE), ALIGNED_SIDE)).buffer);
}
