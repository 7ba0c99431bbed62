import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { TrainingSample } from '../src/contract/engine-port.ts';
import { masterPrint } from '../src/engine/finger/synthetic/master-print.ts';
import { randomOf } from '../src/engine/finger/synthetic/scenes.ts';
import { lookAt, SMALL_PERIOD } from '../src/engine/finger/synthetic/training-prints.ts';
import { train } from '../src/engine/train/train.ts';
import type { ShippedModel } from '../src/workflows/shipped-models.ts';
import { fingerRecipe } from './fingers/recipe.ts';

// Trains the shipped finger model on fingers that nobody has: npm run bench -- finger-model [FINGERS] [EPOCHS].
// Nothing of a real finger is read. What is drawn and trained is kept in .cache/finger-model, and gone on with.
const [fingers = 300, epochs = 40] = process.argv.slice(2).map(Number);
const SEED = 20_26;
const LOOKS = 2;
const folder = join(import.meta.dirname, '../.cache/finger-model');
const shipped = join(import.meta.dirname, '../resources/fingers');

mkdirSync(folder, { recursive: true });
const samples: TrainingSample[] = [];
for (let finger = 0; finger < fingers; finger++) samples.push(...(await draw(finger)));

const recipe = fingerRecipe({ pipeline: 'none', epochs });
const validationFrom = Math.round(0.85 * fingers);
const outcome = await train({
  recipe,
  train: samples.filter(({ label }) => label < validationFrom),
  validation: samples.filter(({ label }) => label >= validationFrom).map((sample) => ({ ...sample, label: sample.label - validationFrom })),
  classNames: Array.from({ length: validationFrom }, (_, finger) => `synthetic-${finger}`),
  folder: join(folder, `run-${fingers}-${epochs}`),
  resume: true,
}, { signal: new AbortController().signal, report: (progress) => { if (progress.type === 'epoch') console.log(`epoch ${progress.epoch.epoch}: loss ${progress.epoch.meanLoss.toFixed(3)}, validation EER ${((progress.epoch.validationEer ?? 1) * 100).toFixed(1)} %`); } });
if (outcome.best === null) throw new Error('No epoch was finished.');
// The same weights, for photos: what was drawn needed no pipeline.
const { path, epoch, validationEer, weightsHash } = outcome.best;
mkdirSync(shipped, { recursive: true });
copyFileSync(path, join(shipped, 'ridge-flow.safetensors'));
const about: ShippedModel = {
  name: 'Fingers', licence: 'Apache-2.0; trained on fingers that nobody has', recipe: fingerRecipe({ pipeline: 'finger', epochs }), epoch, validationEer, weightsHash,
  trainedOn: `${validationFrom} synthetic fingers (${SEED})`, trainingSamples: [],
};
writeFileSync(join(shipped, 'model.json'), `${JSON.stringify(about, null, 2)}\n`);
console.log(`${shipped}: weights ${weightsHash}`);

/** Looks at one finger, drawn where they are not there yet. */
async function draw(finger: number): Promise<TrainingSample[]> {
  const paths = Array.from({ length: LOOKS }, (_, look) => join(folder, `${finger}-${look}.png`));
  if (!paths.every((path) => existsSync(path))) {
    const print = masterPrint(randomOf(SEED, finger), SMALL_PERIOD);
    const { input } = fingerRecipe({ pipeline: 'none', epochs });
    for (const [look, path] of paths.entries()) {
      const { width, height, data } = lookAt(print, randomOf(SEED, finger, look + 1));
      await sharp(Uint8Array.from(data, Math.round), { raw: { width, height, channels: 1 } }).resize(input.width, input.height, { fit: 'fill', kernel: 'cubic' }).greyscale().png().toFile(path);
    }
    if (finger % 20 === 0) console.log(`finger ${finger} of ${fingers} is drawn`);
  }
  return paths.map((path) => ({ path, label: finger, metadata: {} }));
}
