import { availableParallelism } from 'node:os';
import type { EngineOperations, ImageSource } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import type { Inspection, Look, PipelineName } from '../contract/requests/inspections.ts';
import { checkImage } from './images/check-image.ts';
import { inParallel } from './images/in-parallel.ts';
import { renderImage } from './images/render-image.ts';
import type { Handlers, Work } from './process/serve.ts';
import { createGalleries } from './search/gallery.ts';

const PROGRESS_EVERY_MS = 100;

/** Everything the engine can do. What needs TensorFlow loads it on first use: pictures are answered at once. */
export function createHandlers(): Handlers {
  const galleryOf = createGalleries();
  return {
    'device.measure': async ({ remeasure }) => (await import('./device/measure-device.ts')).measureDevice(remeasure),
    'images.check': ({ images }, work) => checkImages(images, work),
    'images.render': ({ image, maxSide }) => renderImage(image, maxSide),
    'images.inspect': ({ image, pipeline }) => inspect(image, pipeline),
    'images.look': (input) => look(input),
    'fingers.synthesize': async (input) => (await import('./finger/synthetic/synthesize-subject.ts')).synthesizeSubject(input),
    'fingers.cut': async ({ image }) => (await import('./finger/cut-fingers.ts')).cutFingers(image),
    embed: async (input, work) => (await import('./embed/embed.ts')).embed(input, work),
    'models.write-pretrained': async (input) => (await import('./face/write-pretrained.ts')).writePretrained(input),
    train: async (input, work) => (await import('./train/train.ts')).train(input, work),
    'pairs.survey': async (order, work) => (await import('./compare/survey-templates.ts')).surveyTemplates(order, work),
    'pairs.nearest': async (order, work) => (await import('./compare/survey-templates.ts')).nearestTemplates(order, work),
    'loss.compute': async (file) => (await import('./loss/compute-loss-file.ts')).computeLossFile(file),
    'gallery.update': ({ finger, ...changes }) => Promise.resolve(galleryOf(finger).update(changes)),
    'gallery.search': ({ finger, ...query }) => Promise.resolve(galleryOf(finger).search(query)),
  };
}

async function inspect(image: ImageSource, pipeline: PipelineName): Promise<Inspection> {
  if (pipeline === 'face') return (await import('./face/inspect-face.ts')).inspectFace(image);
  return (await import('./finger/inspect-finger.ts')).inspectFinger(image);
}

async function look({ image, pipeline, reduction, isFrame }: EngineOperations['images.look']['input']): Promise<Look> {
  if (pipeline === 'face') return (await import('./face/look-for-faces.ts')).lookForFaces(image, { reduction, isFrame });
  return (await import('./finger/look-for-fingers.ts')).lookForFingers(image, reduction);
}

async function checkImages(images: ImageSource[], { report, signal }: Work<{ done: number; total: number }>) {
  let done = 0;
  let reportedAt = 0;
  return inParallel(images, availableParallelism(), async (image) => {
    if (signal.aborted) throw new RequestError('cancelled', `Stopped after ${done} of ${images.length} pictures.`);
    const check = await checkImage(image);
    done++;
    const now = performance.now();
    if (now - reportedAt >= PROGRESS_EVERY_MS || done === images.length) {
      reportedAt = now;
      report({ done, total: images.length });
    }
    return check;
  });
}
