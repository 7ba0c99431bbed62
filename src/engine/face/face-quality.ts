import type { SampleQuality } from '../../contract/requests/inspections.ts';
import { grade, judgeSample } from '../images/judge-sample.ts';
import type { Measure } from '../images/judge-sample.ts';
import { ALIGNED_SIDE } from './align-face.ts';
import type { Landmarks } from './align-face.ts';
import type { FaceFeatures } from './describe-faces.ts';
import type { DetectedFace } from './detect-faces.ts';
import { middle } from './geometry.ts';
import type { Point } from './geometry.ts';
import type { Photo } from './photo.ts';

/** A face with what was made of it. */
export interface AlignedFace extends DetectedFace, FaceFeatures {
  landmarks: Landmarks;
  /** How sure the mesh is to see a face, 0 to 1. */
  presence: number;
  /** 112 x 112 RGB bytes. */
  aligned: Uint8Array;
}

/** A second face counts when its box has this part of the first one's area. */
const OTHER_FACE = 0.25;

/**
 * Quality of a face, after the capture-related components of ISO/IEC 29794-5 (size, sharpness, exposure, pose, cropping, single face), with
 * how much of it the mesh sees and how much the embedder finds in it. The limits of these two and of the pose were chosen on half the people
 * of a set of photos; docs/faces.md shows on the other half that errors become fewer as the score rises. The others are our judgement, not
 * the standard's calibration.
 *
 * @param others the other faces of the photo.
 */
export function faceQuality(face: AlignedFace, photo: Photo, others: readonly DetectedFace[]): SampleQuality {
  const grey = luminance(face.aligned);
  return judgeSample([size(face, photo), sharpness(grey), exposure(grey), pose(face.landmarks), cropping(face, photo), visibility(face), distinctness(face), singleFace(face, others)]);
}

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

/** The network wants eyes 35 pixels apart; with fewer than 12 it sees guesses. */
function size({ landmarks: [leftEye, rightEye] }: AlignedFace, { reduction }: Photo): Measure {
  const pixels = distance(leftEye, rightEye) * reduction;
  return { name: 'size', score: grade(pixels, 12, 35), reason: `too small: the eyes are ${Math.round(pixels)} pixels apart, 35 would do` };
}

/** Rows and columns of the aligned face in which there is face: no hair, no background. */
const INNER = { top: 24, bottom: 104, left: 24, right: 88 };

/** Standard deviation of the Laplacian, against that of the face's own contrast: a blurred face has no fine detail. */
function sharpness(grey: Float32Array): Measure {
  const { top, bottom, left, right } = INNER;
  const detail = new Float64Array((bottom - top) * (right - left));
  for (let row = top, place = 0; row < bottom; row++) {
    for (let at = row * ALIGNED_SIDE + left; at < row * ALIGNED_SIDE + right; at++) {
      detail[place++] = 4 * grey[at]! - grey[at - 1]! - grey[at + 1]! - grey[at - ALIGNED_SIDE]! - grey[at + ALIGNED_SIDE]!;
    }
  }
  const share = deviation(detail) / (deviation(grey) + 1);
  return { name: 'sharpness', score: grade(share, 0.03, 0.15), reason: 'blurred: there is little fine detail; hold still, or focus' };
}

function exposure(grey: Float32Array): Measure {
  const mean = meanOf(grey);
  const isDark = mean < 128;
  return {
    name: 'exposure',
    score: isDark ? grade(mean, 20, 70) : grade(mean, 250, 210),
    reason: isDark ? 'too dark: turn a light to the face' : 'too bright: take light from the face',
  };
}

/** How far the nose is from the middle of eyes and mouth, along the line of the eyes, in distances of the eyes. */
function pose([leftEye, rightEye, nose, leftMouth, rightMouth]: Landmarks): Measure {
  const centre = middle([leftEye, rightEye, leftMouth, rightMouth]);
  const eyes = distance(leftEye, rightEye);
  const along = ((nose.x - centre.x) * (rightEye.x - leftEye.x) + (nose.y - centre.y) * (rightEye.y - leftEye.y)) / eyes ** 2;
  return { name: 'pose', score: grade(Math.abs(along), 0.9, 0.3), reason: 'turned away: look into the camera' };
}

/** The part of the face's box that is in the photo. */
function cropping({ left, top, width, height }: DetectedFace, photo: Photo): Measure {
  const seen = (Math.min(photo.width, left + width) - Math.max(0, left)) * (Math.min(photo.height, top + height) - Math.max(0, top));
  return { name: 'cropping', score: grade(seen / (width * height), 0.6, 0.95), reason: 'cropped: a part of the face is outside the photo' };
}

/** In powers of ten of its odds: the mesh is sure of every face that is free. */
function visibility({ presence }: AlignedFace): Measure {
  const odds = Math.log10(Math.max(presence, 1e-9) / Math.max(1 - presence, 1e-9));
  return { name: 'visibility', score: grade(odds, 1, 5), reason: 'partly hidden: hair, glasses, a hand or a shadow cover the face' };
}

/** After the idea of MagFace (Meng et al., CVPR 2021): the features of a face that is hard to recognise are short, also where nobody trained for it. */
function distinctness({ strength }: AlignedFace): Measure {
  return { name: 'distinctness', score: grade(strength, 45, 65), reason: 'hard to recognise: come nearer, with light from the front and nothing before the face' };
}

function singleFace(face: DetectedFace, others: readonly DetectedFace[]): Measure {
  const rivals = others.filter(({ width, height }) => width * height >= OTHER_FACE * face.width * face.height).length;
  return { name: 'single-face', score: rivals === 0 ? 100 : 30, reason: `several faces: ${rivals} more of a like size ${rivals === 1 ? 'is' : 'are'} in the photo` };
}

/** ITU-R BT.601, 0 to 255. */
function luminance(pixels: Uint8Array): Float32Array {
  const grey = new Float32Array(pixels.length / 3);
  for (let index = 0, at = 0; index < grey.length; index++, at += 3) grey[index] = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
  return grey;
}

// Loops, since every face has thousands of these numbers, and callbacks took a fifth of the time of a photo.
function meanOf(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

function deviation(values: Float32Array | Float64Array): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index]! - mean) ** 2;
  return Math.sqrt(sum / values.length);
}
