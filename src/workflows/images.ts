import { basename, resolve } from 'node:path';
import type { EngineOperations, ImageSource } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { RenderedImage } from '../contract/wire/desk.ts';
import { findDatasetSample } from '../store/dataset-samples.ts';
import { findDataset } from '../store/datasets.ts';
import { findMeasuredImage } from '../store/measurements.ts';
import { findRunSamplePath } from '../store/runs.ts';
import { rootOf } from './dataset-layout.ts';
import { isIdentifierOf } from './identifiers.ts';
import { requirePicture } from './operators/acting.ts';
import { parseProtocolPicture } from './protocols/protocol-pictures.ts';
import { parseRunPicture } from './run-pictures.ts';
import { newestOnly } from './newest-only.ts';
import type { Workbench } from './workbench.ts';

/** A picture somebody chose by its identifier: handed in, of a dataset, learnt from by a run, or enrolled. */
export interface ChosenImage {
  imageId: string;
  fileName: string;
  source: ImageSource;
}

export function imageHandlers(workbench: Workbench): Pick<Handlers, 'images.put' | 'images.inspect' | 'images.look'> {
  const lookAtFrame = newestOnly((input: EngineOperations['images.look']['input']) => workbench.engine.call('images.look', input));
  return {
    'images.put': async ({ fileName, bytes }) => {
      const [check] = await workbench.engine.call('images.check', { images: [{ kind: 'bytes', bytes, name: fileName }] });
      if (!check?.ok) throw new RequestError('bad-image', `${fileName} cannot be used: ${check?.reason ?? 'it could not be checked'}`);
      const { width, height, format, sha256 } = check;
      const imageId = workbench.shelf.put({ fileName, bytes, width, height, sha256 });
      return { imageId, width, height, format };
    },
    'images.inspect': async ({ imageId, pipeline }) => {
      const { source } = await findImage(workbench, imageId);
      return workbench.engine.call('images.inspect', { image: source, pipeline });
    },
    'images.look': async ({ picture, pipeline }) => {
      if ('bytes' in picture) {
        const { bytes, reduction } = picture;
        return lookAtFrame({ image: { kind: 'bytes', bytes, name: 'the frame' }, pipeline, reduction, isFrame: true });
      }
      const { source } = await findImage(workbench, picture.imageId);
      return workbench.engine.call('images.look', { image: source, pipeline, reduction: 1, isFrame: false });
    },
  };
}

/** Whose picture it is says the identifier, whether there is such a picture or not. @throws RequestError('not-allowed') for whoever may not see it. */
function judgeSight({ shelf }: Workbench, imageId: string): void {
  const isShelved = isIdentifierOf('image', imageId) || shelf.get(imageId) !== undefined;
  requirePicture(isShelved ? 'shelf' : isIdentifierOf('sample', imageId) ? 'gallery' : 'laboratory');
}

/** @throws RequestError('not-found') for an identifier that names no picture here, 'not-allowed' for one that is not for whoever asks. */
export async function findImage(workbench: Workbench, imageId: string): Promise<ChosenImage> {
  judgeSight(workbench, imageId);
  const image = await lookUp(workbench, imageId);
  if (image === null) throw new RequestError('not-found', 'This picture is not here (any more). Choose it again.');
  return image;
}

/** A picture for the screen, at most `maxSide` pixels on its longer side. */
export async function renderImage(workbench: Workbench, imageId: string, maxSide: number): Promise<RenderedImage> {
  judgeSight(workbench, imageId);
  const known = workbench.renderings.get(imageId, maxSide);
  if (known !== undefined) return known;
  const { source } = await findImage(workbench, imageId);
  const rendered = await workbench.engine.call('images.render', { image: source, maxSide });
  // A sample that was deleted meanwhile must not live on in the cache.
  const isGone = isIdentifierOf('sample', imageId) && !(await workbench.store.gallery.holdsSample(imageId));
  if (!isGone) workbench.renderings.set(imageId, maxSide, rendered);
  return rendered;
}

async function lookUp({ shelf, store }: Workbench, imageId: string): Promise<ChosenImage | null> {
  const shelved = shelf.get(imageId);
  if (shelved !== undefined) {
    const { bytes, fileName } = shelved;
    return { imageId, fileName, source: { kind: 'bytes', bytes, name: fileName } };
  }
  if (isIdentifierOf('sample', imageId)) {
    const sample = await store.gallery.readSample(imageId);
    if (sample === undefined) return null;
    return { imageId, fileName: sample.fileName, source: { kind: 'bytes', bytes: sample.bytes, name: sample.fileName } };
  }
  const learnt = parseRunPicture(imageId);
  if (learnt !== null) {
    const path = findRunSamplePath(store.database, learnt);
    return path === undefined ? null : { imageId, fileName: basename(path), source: { kind: 'file', path } };
  }
  const compared = parseProtocolPicture(imageId);
  if (compared !== null) {
    const path = findMeasuredImage(store.database, compared);
    return path === undefined ? null : { imageId, fileName: basename(path), source: { kind: 'file', path } };
  }
  const picture = findDatasetSample(store.database, imageId);
  const dataset = picture && findDataset(store.database, picture.datasetId);
  if (dataset === undefined) return null;
  return { imageId, fileName: basename(picture!.path), source: { kind: 'file', path: resolve(rootOf(dataset), picture!.path) } };
}
