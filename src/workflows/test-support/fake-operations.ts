import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CutFinger, EmbedOutcome, EngineOperation, EngineOperations, ImageCheck, ImageSource, TrainOutcome } from '../../contract/engine-port.ts';
import type { FingerPosition, SeveralChoice } from '../../contract/vocabulary.ts';
import { thumbnailSide } from '../../contract/engine-port.ts';
import { RequestError } from '../../contract/request-error.ts';
import { nearestRows } from '../../evaluation/nearest-rows.ts';
import { surveyPairs } from '../../evaluation/pairs-survey.ts';
import { cosineTiles } from '../../evaluation/score-tiles.ts';
import { finish } from '../../evaluation/steps.ts';

export const fakeSize = 16;
export const fakeStepsPerEpoch = 3;
const stepMs = 3;

interface Work {
  signal: AbortSignal;
  report: (progress: unknown) => void;
}

/** What the tests of the workflows need; the fake neither learns losses nor looks into photos. */
type Operations = { [Name in Exclude<EngineOperation, 'loss.compute' | 'images.inspect' | 'images.look'>]: (input: EngineOperations[Name]['input'], work: Work) => Promise<EngineOperations[Name]['output']> };

/**
 * Pictures of the fake are texts: "face <who> <which>", after which spaces are other bytes of the same pixels. Their embedding
 * points mostly where <who> points, so that mates look alike. " q34" is a quality, " saved-again" other pixels
 * that look the same, " pipeline-q34" one that only a model with a pipeline gives, " seen2" a second face.
 */
export function fakeOperations(): Operations {
  const galleries = new Map<FingerPosition | null, { revision: string; rows: Map<string, Float32Array> }>();
  const galleryOf = (finger: FingerPosition | null) => {
    const gallery = galleries.get(finger) ?? { revision: '', rows: new Map<string, Float32Array>() };
    galleries.set(finger, gallery);
    return gallery;
  };
  return {
    'device.measure': async () => ({
      backend: 'cpu', kind: 'cpu', label: 'CPU, 1 GFLOP/s', processor: 'Fake', cores: 1, gpu: null, matmulGflops: 1, convGflops: 1, whyNotGpu: null,
      command: null, versions: {}, measuredAt: 1,
    }),
    'images.check': async ({ images }, { signal }) => {
      refuseWhenAborted(signal);
      return images.map(checkOf);
    },
    'images.render': async ({ image, maxSide }) => ({ bytes: new TextEncoder().encode(`${textOf(image)} at ${maxSide}`), mimeType: 'image/webp' }),
    'fingers.synthesize': async ({ seed, subject, samples }) => Array.from({ length: samples }, (_, index) => (
      { fileName: `phone-${index + 1}.png`, png: new TextEncoder().encode(`face ${seed}-${subject} ${index}`), finger: 'index', hand: 'left', sensor: 'phone', sample: index + 1 })),
    'fingers.cut': async ({ image }) => cutFake(textOf(image)),
    embed: async ({ embedder, images, several }, { signal }) => {
      refuseWhenAborted(signal);
      const noise = embedder.kind === 'checkpoint' ? 0.5 : 3;
      return embed(images, { noise, several, judges: embedder.recipe.input.pipeline !== 'none' });
    },
    'models.write-pretrained': async ({ path }) => {
      writeFileSync(path, 'pretrained weights');
      return { weightsHash: sha256('pretrained weights') };
    },
    train,
    'pairs.survey': async ({ templates, ...plan }) => finish(surveyPairs(cosineTiles(templates), plan)),
    'pairs.nearest': async ({ templates, count }) => finish(nearestRows(cosineTiles(templates), count)),
    'gallery.update': async ({ finger, base, revision, size, subjectIds, vectors, removed }) => {
      const gallery = galleryOf(finger);
      if (base === null) gallery.rows.clear();
      else if (base !== gallery.revision) return { stale: true };
      for (const id of removed) gallery.rows.delete(id);
      for (const [row, id] of subjectIds.entries()) gallery.rows.set(id, vectors.slice(row * size, (row + 1) * size));
      gallery.revision = revision;
      return { stale: false, rows: gallery.rows.size, bytes: 0 };
    },
    'gallery.search': async ({ finger, revision, probe, limit }) => {
      const gallery = galleryOf(finger);
      if (revision !== gallery.revision) return { stale: true };
      const score = (row: Float32Array): number => probe.reduce((sum, value, column) => sum + value * row[column]!, 0);
      const candidates = [...gallery.rows].map(([subjectId, row]) => ({ subjectId, score: score(row) })).sort((one, other) => other.score - one.score);
      return { stale: false, candidates: candidates.slice(0, limit) };
    },
  };
}

/** "face <who> <which> hand-left": four fingers, each of which looks like itself only; " poor-ring" is one of quality 10. */
function cutFake(text: string): CutFinger[] {
  const [, who, which, side] = /^face (\S+) (\S+) hand-(left|right)/.exec(text) ?? [];
  if (side !== 'left' && side !== 'right') return [{ position: null, png: new TextEncoder().encode(text) }];
  return (['index', 'middle', 'ring', 'little'] as const).map((finger) => {
    const quality = text.includes(` poor-${finger}`) ? 10 : 80;
    return { position: `${side} ${finger}` as const, png: new TextEncoder().encode(`face ${who!}-${side}-${finger} ${which!} q${quality}`) };
  });
}

async function train(request: EngineOperations['train']['input'], { signal, report }: Work): Promise<TrainOutcome> {
  const { folder, resume, recipe } = request;
  mkdirSync(folder, { recursive: true });
  const checkpoint = join(folder, 'checkpoint.json');
  let done = resume && existsSync(checkpoint) ? Number(readFileSync(checkpoint, 'utf8')) : 0;
  report({ type: 'device', label: 'CPU, 1 GFLOP/s', parameters: 7, stepsPerEpoch: fakeStepsPerEpoch });
  for (; done < recipe.epochs; done++) {
    for (let inEpoch = 0; inEpoch < fakeStepsPerEpoch; inEpoch++) {
      await sleep(stepMs);
      if (signal.aborted) return { state: 'cancelled', epochs: done, best: bestOf(folder, done) };
      const step = done * fakeStepsPerEpoch + inEpoch;
      report({
        type: 'step',
        step: { step, epoch: done, loss: 1 / (1 + step), learningRate: 0.1, activeShare: 1, positiveDistance: 0.1, negativeDistance: 1, skipped: {}, imagesPerSecond: 100, meanNorm: 2, meanCosine: 0.1, alarm: null },
      });
    }
    const mate = { sample: 1, label: 0, isProxy: false, cosine: 0.5 };
    report({ type: 'costliest', epoch: done, step: done * fakeStepsPerEpoch, items: [{ cost: 0.7, step: done * fakeStepsPerEpoch, anchor: { sample: 0, label: 0 }, positive: mate, negative: { sample: null, label: 1, isProxy: true, cosine: 0.8 } }] });
    writeFileSync(join(folder, 'best.safetensors'), `weights of epoch ${done}`);
    writeFileSync(checkpoint, String(done + 1));
    report({
      type: 'epoch',
      epoch: { epoch: done, step: (done + 1) * fakeStepsPerEpoch - 1, meanLoss: 1, validationEer: 1 / (2 + done), learningRate: 0.1, alarm: null, kept: true, durationMs: 9 },
    });
  }
  return { state: 'done', epochs: done, best: bestOf(folder, done) };
}

function bestOf(folder: string, epochs: number): TrainOutcome['best'] {
  if (epochs === 0) return null;
  const path = join(folder, 'best.safetensors');
  return { path, epoch: epochs - 1, validationEer: 1 / (1 + epochs), weightsHash: sha256(readFileSync(path)) };
}

function embed(images: ImageSource[], { noise, several, judges }: { noise: number; several: SeveralChoice; judges: boolean }): EmbedOutcome {
  const rows: Float32Array[] = [];
  const samples: EmbedOutcome['samples'] = [];
  const failures: EmbedOutcome['failures'] = [];
  for (const [index, image] of images.entries()) {
    const check = checkOf(image);
    const text = textOf(image).trim();
    const seen = Number(/ seen(\d+)/.exec(text)?.[1] ?? 1);
    if (!check.ok || (several === 'one' && seen > 1)) {
      failures.push({ index, reason: check.ok ? `${seen} faces were found in it, and one is required` : check.reason });
      continue;
    }
    for (let face = 0; face < (several === 'all' ? seen : 1); face++) {
      rows.push(vectorOf(face === 0 ? text : text.replace(/^face \S+/, `face other-${face}`), noise));
      samples.push({ image: index, label: `face ${face + 1}`, measures: {}, quality: qualityIn(judges ? text.replace(' pipeline-q', ' q') : text), seen });
    }
  }
  const vectors = new Float32Array(rows.length * fakeSize);
  for (const [row, vector] of rows.entries()) vectors.set(vector, row * fakeSize);
  return { vectors, size: fakeSize, samples, failures };
}

function qualityIn(text: string): EmbedOutcome['samples'][number]['quality'] {
  const score = / q(\d+)/.exec(text)?.[1];
  return score === undefined ? null : { score: Number(score), reasons: Number(score) < 60 ? ['blurred: hold still'] : [], components: { sharpness: Number(score) } };
}

function vectorOf(text: string, noise: number): Float32Array {
  const who = directionOf(text.split(' ')[1]!);
  const which = directionOf(text);
  const sum = who.map((value, column) => value + (noise * which[column]!) / 4);
  const length = Math.hypot(...sum);
  return Float32Array.from(sum, (value) => value / length);
}

/** Components from -1 to 1, as random as a hash. */
function directionOf(text: string): number[] {
  return Array.from(createHash('sha256').update(text).digest().subarray(0, fakeSize), (byte) => byte / 127.5 - 1);
}

function checkOf(image: ImageSource): ImageCheck {
  const text = textOf(image);
  if (!text.startsWith('face ')) return { ok: false, reason: 'It is not a picture.' };
  return { ok: true, width: 92, height: 112, format: 'fake', sha256: sha256(text), pixelHash: sha256(text.trim()), thumbnail: thumbnailOf(text.replace(' saved-again', '').trim()) };
}

/** Noise, of which no two texts have the same. */
function thumbnailOf(text: string): Uint8Array {
  const rows = Array.from({ length: thumbnailSide }, (_, row) => createHash('sha256').update(`${row} ${text}`).digest());
  return Uint8Array.from(Buffer.concat(rows.map((bytes) => bytes.subarray(0, thumbnailSide))));
}

function textOf(image: ImageSource): string {
  return image.kind === 'file' ? readFileSync(image.path, 'utf8') : Buffer.from(image.bytes).toString('utf8');
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function refuseWhenAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new RequestError('cancelled', 'It was cancelled.');
}
