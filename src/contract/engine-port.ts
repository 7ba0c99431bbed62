import type { NearestRows } from '../evaluation/nearest-rows.ts';
import type { PairSurvey, PairSurveyPlan } from '../evaluation/pairs-survey.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';
import type { MeasuredDevice } from './device.ts';
import type { LossFile } from './recipe/loss-file.ts';
import type { Recipe } from './recipe/recipe.ts';
import type { LossReport } from './requests/files.ts';
import type { FoundSample, Inspection, Look, PipelineName } from './requests/inspections.ts';
import type { RunEpoch, RunStep } from './requests/runs.ts';
import type { FingerPosition, SeveralChoice } from './vocabulary.ts';

/** A picture to look at: a file on this machine, or bytes in memory (PNG, JPEG, PGM, TIFF, WebP...). */
export type ImageSource = { kind: 'file'; path: string } | { kind: 'bytes'; bytes: Uint8Array; name: string };

/** Side of the thumbnails by which copies are suspected, in pixels. */
export const thumbnailSide = 32;

export type ImageCheck =
  | {
      ok: true; width: number; height: number; format: string; sha256: string;
      /** SHA-256 of the decoded grey pixels. */
      pixelHash: string;
      /** The whole picture in grey, squeezed into a square: [thumbnailSide, thumbnailSide], row-major. */
      thumbnail: Uint8Array;
    }
  | { ok: false; reason: string };

/**
 * An embedder on disk. `untrained` builds the network of the recipe with its seed instead, with the graph model of its backbone, if
 * it has one, from a trained model's file (`graphFrom`) or from the recipe's folder; `raw-pixels` needs no network.
 */
export type EmbedderSource =
  | { kind: 'checkpoint'; path: string; weightsHash: string; recipe: Recipe }
  | { kind: 'untrained'; recipe: Recipe; graphFrom?: { path: string; weightsHash: string } }
  | { kind: 'raw-pixels'; recipe: Recipe };

/** A sample that was found in a picture, by the pipeline of the recipe: the whole picture's centre where there is none. */
export interface EmbeddedSample extends Pick<FoundSample, 'label' | 'measures'> {
  /** Place of its picture in the request. */
  image: number;
  /** Null where no pipeline judged it. */
  quality: FoundSample['quality'] | null;
  /** How many samples the pipeline saw in the picture, chosen or not. */
  seen: number;
}

/** Where what was made of pictures is kept, by what they hold (SHA-256 of their bytes). */
export interface PictureCache {
  folder: string;
  /** Whether embeddings are kept as well as crops. */
  embeddings: boolean;
}

/** What to embed; `embedder.recipe.input` says how pictures become samples. */
export interface EmbedRequest {
  embedder: EmbedderSource;
  images: ImageSource[];
  several: SeveralChoice;
  /** Null keeps nothing: pictures of enrolled people never are. */
  cache: PictureCache | null;
}

/** Unit-length embeddings, row-major [samples, size], in the order of the pictures; those that gave none are in `failures`. */
export interface EmbedOutcome {
  vectors: Float32Array;
  size: number;
  samples: EmbeddedSample[];
  failures: { index: number; reason: string }[];
}

export interface TrainingSample {
  path: string;
  /** Class index, 0 to classes - 1. */
  label: number;
  /** Which of the run's datasets it is from; 0 when left out. A class is of one dataset. */
  dataset?: number;
  metadata: Record<string, string>;
}

export interface TrainRequest {
  recipe: Recipe;
  train: TrainingSample[];
  validation: TrainingSample[];
  /** Class names by label, for language guidance and messages. */
  classNames: string[];
  /** Folder of this run; checkpoints are written below it, atomically. */
  folder: string;
  /** Go on from the newest whole checkpoint in `folder`. */
  resume: boolean;
  /** Folders in which the crops of the datasets are kept by content, by `TrainingSample.dataset`; null keeps none. */
  caches?: (string | null)[];
}

/** A picture of the training part by its place in `TrainRequest.train`; null where it is not known any more. */
interface CostlyPicture {
  sample: number | null;
  label: number;
}

/** As `costlyItem` of the requests, before anybody has looked up which pictures they are. */
export interface CostlyComparison {
  cost: number;
  step: number;
  anchor: CostlyPicture;
  positive: CostlyCounterpart | null;
  negative: CostlyCounterpart | null;
}

export interface CostlyCounterpart extends CostlyPicture {
  isProxy: boolean;
  cosine: number;
}

/** A picture of a finger, or of four, that does not exist. */
export interface SyntheticPicture {
  fileName: string;
  png: Uint8Array;
  finger: string;
  hand: string;
  sensor: 'phone' | 'contact';
  sample: number;
}

/** A finger that was cut out of a photo; its position is known where the photo shows four. */
export interface CutFinger {
  position: FingerPosition | null;
  png: Uint8Array;
}

export type TrainProgress =
  | { type: 'device'; label: string; parameters: number; stepsPerEpoch: number }
  | { type: 'step'; step: RunStep }
  | { type: 'epoch'; epoch: RunEpoch }
  | { type: 'costliest'; epoch: number; step: number; items: CostlyComparison[] }
  | { type: 'note'; message: string };

export interface TrainOutcome {
  state: 'done' | 'cancelled';
  epochs: number;
  /** The kept checkpoint (the latest within one standard error of the lowest validation EER; epoch -1: the pretrained start, which none bettered), or null when no epoch was finished. */
  best: { path: string; epoch: number; validationEer: number | null; weightsHash: string } | null;
}

export interface CountProgress {
  done: number;
  total: number;
}

/** Everything the engine can do. Types only: workflows talk to it through a port and never import it. */
export interface EngineOperations {
  'device.measure': { input: { remeasure: boolean }; output: MeasuredDevice; progress: never };
  'images.check': { input: { images: ImageSource[] }; output: ImageCheck[]; progress: CountProgress };
  /** A picture for the screen: upright, at most `maxSide` pixels, encoded as WebP. */
  'images.render': { input: { image: ImageSource; maxSide: number }; output: { bytes: Uint8Array; mimeType: string }; progress: never };
  /** What a pipeline sees in a photo, with every picture between its steps. */
  'images.inspect': { input: { image: ImageSource; pipeline: PipelineName }; output: Inspection; progress: never };
  /** The same at a glance: no pictures, only where and how good. The picture has one pixel for `reduction` of those the answer counts in; a frame is looked at in a hurry. */
  'images.look': { input: { image: ImageSource; pipeline: PipelineName; reduction: number; isFrame: boolean }; output: Look; progress: never };
  /** One synthetic person's finger, `samples` times on each sensor. Nothing of it is real. */
  'fingers.synthesize': { input: { seed: number; subject: number; samples: number }; output: SyntheticPicture[]; progress: never };
  /** The fingers of a photo, a picture each, in the order in which they lie; none where it shows none. */
  'fingers.cut': { input: { image: ImageSource }; output: CutFinger[]; progress: never };
  'embed': { input: EmbedRequest; output: EmbedOutcome; progress: CountProgress };
  /** Writes the fetched face embedder, as it is, as the weights of a model; null when the set-up has not fetched it. */
  'models.write-pretrained': { input: { path: string; recipe: Recipe }; output: { weightsHash: string } | null; progress: never };
  'train': { input: TrainRequest; output: TrainOutcome; progress: TrainProgress };
  /** All comparisons of a template set, in bounded memory. */
  'pairs.survey': { input: PairSurveyPlan & { templates: TemplateSet }; output: PairSurvey; progress: CountProgress };
  /** The `count` nearest neighbours of every template among the others, exactly. */
  'pairs.nearest': { input: { templates: TemplateSet; count: number }; output: NearestRows; progress: CountProgress };
  /** Value and gradients of a loss on a batch. Rejects with RequestError('invalid-input') naming the row to blame. */
  'loss.compute': { input: LossFile; output: LossReport; progress: never };
  /**
   * Changes the searchable gallery of a finger (null: of everything), which has one row a subject (the mean of its unit templates, [subjects, size]), from the revision `base`
   * (null: from nothing) to `revision`; `stale` when `base` is not what is loaded. A big gallery comes in pieces, each based on the one before.
   */
  'gallery.update': {
    input: { finger: FingerPosition | null; base: string | null; revision: string; size: number; subjectIds: string[]; vectors: Float32Array; removed: string[] };
    output: { stale: true } | { stale: false; rows: number; /** What the rows take of memory. */ bytes: number };
    progress: never;
  };
  /** Best candidates by dot product, best first; `stale` when another revision is loaded. */
  'gallery.search': {
    input: { finger: FingerPosition | null; revision: string; probe: Float32Array; limit: number };
    output: { stale: true } | { stale: false; candidates: { subjectId: string; score: number }[] };
    progress: never;
  };
}

export type EngineOperation = keyof EngineOperations;

/** Host to engine. Long operations look at `cancel` between their steps. */
export type ToEngine =
  | { type: 'request'; id: number; operation: EngineOperation; input: unknown }
  | { type: 'cancel'; id: number };

/** Engine to host. */
export type FromEngine =
  | { type: 'ready' }
  | { type: 'progress'; id: number; progress: unknown }
  | { type: 'done'; id: number; value: unknown }
  | { type: 'failed'; id: number; code: string; message: string; stack: string | null };

/** The pipe to one engine process; Electron's utility process and Node's fork both fit. */
export interface EngineProcess {
  post(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  /** Called once, with a sentence that says how it ended. */
  onExit(listener: (how: string) => void): void;
  kill(): void;
}

/**
 * Two engines of the same code: `desk` answers people (thumbnails, matching), `batch` trains and embeds in bulk. TensorFlow's
 * operations block their process, so one engine could not do both and stay quick.
 */
export type EngineLane = 'desk' | 'batch';

/** An AbortSignal, as far as it is used here: this room knows neither the DOM's types nor Node's. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface EngineCall<Operation extends EngineOperation> {
  lane?: EngineLane;
  signal?: StopSignal;
  onProgress?: (progress: EngineOperations[Operation]['progress']) => void;
}

/** What workflows see of the engine. Rejects with RequestError('engine-lost') when the process dies under the call. */
export interface EnginePort {
  call<Operation extends EngineOperation>(
    operation: Operation,
    input: EngineOperations[Operation]['input'],
    options?: EngineCall<Operation>,
  ): Promise<EngineOperations[Operation]['output']>;
}
