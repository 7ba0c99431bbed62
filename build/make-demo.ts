import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import type { RequestInput, RequestName, RequestOutput } from '../src/contract/requests.ts';
import { requestTable } from '../src/contract/requests.ts';
import type { Desk } from '../src/contract/wire/desk.ts';
import { openStore } from '../src/store/store.ts';
import { listDatasetSamples } from '../src/store/dataset-samples.ts';
import { openDesk } from '../src/workflows/app.ts';
import type { DemoDescription } from '../src/workflows/demo-resources.ts';
import { demoDescription } from '../src/workflows/demo-resources.ts';
import { forkEngine } from '../src/workflows/fork-engine.ts';

// Makes resources/demo from the ORL faces by the product's own workflows: node build/make-demo.ts FOLDER_OF_ORL
// The pictures become PNG without loss; the default recipe is trained on half of the people; nothing is tuned by hand.

const title = 'Faces of the Olivetti Research Laboratory';
const credit =
  'The ORL database of faces, Olivetti Research Laboratory, Cambridge, 1992 to 1994 ' +
  '(F. Samaria and A. Harter, "Parameterisation of a stochastic model for human face identification", 1994).';
/** Ten people to choose a threshold on and ten to judge it on: 4,500 non-mated pairs support an FMR of 1e-2. */
const split = { seed: 1, train: 0.5, validation: 0.25, test: 0.25 };

/** Pictures with glasses of each person who wears any in some: seen by eye on the pictures, for slices by a column. */
const all = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const glasses: Partial<Record<string, number[]>> = {
  s4: [1, 2, 3, 8, 9], s6: all, s7: [4, 5, 10], s13: [1, 2, 5, 6, 7, 8, 9, 10], s14: all, s17: [1, 2, 5, 6, 7, 8, 9, 10], s19: [1, 2, 3, 6, 10],
  s20: [1, 2, 3, 5, 7, 8, 9, 10], s27: all, s28: all, s31: all, s34: all, s36: [9, 10], s37: all,
};

const source = resolve(process.argv[2] ?? '../shared/data/orl');
const target = resolve(import.meta.dirname, '..', 'resources', 'demo');
const home = await mkdtemp(join(tmpdir(), 'likeness-demo-'));

await rm(target, { recursive: true, force: true });
await writeFaces();
const desk = await openDesk({
  home, resources: join(home, 'none'), host: 'terminal', version: 'make-demo',
  spawnEngine: () => forkEngine(join(import.meta.dirname, '..', 'src', 'engine', 'index.ts')),
  log: (message, details) => process.stderr.write(`${message} ${details instanceof Error ? details.stack : ''}\n`),
});
const description = await train(desk);
await desk.close();
await rm(home, { recursive: true, force: true });
await writeFile(join(target, 'demo.json'), `${JSON.stringify(description, null, 2)}\n`);
await writeFile(join(target, 'README.md'), readme(description));
process.stdout.write(`The demo is in ${target}. EER on unseen people: ${(100 * description.origin.testEer).toFixed(2)} %.\n`);

/** The 40 people as "Person 01" to "Person 40", a PNG of each picture, and their manifest. */
async function writeFaces(): Promise<void> {
  const rows = ['path,subject,glasses'];
  const folders = (await readdir(source)).filter((name) => /^s\d+$/.test(name)).sort((one, other) => Number(one.slice(1)) - Number(other.slice(1)));
  for (const folder of folders) {
    const number = folder.slice(1).padStart(2, '0');
    await mkdir(join(target, 'faces', `person-${number}`), { recursive: true });
    for (let picture = 1; picture <= 10; picture++) {
      const path = `person-${number}/${String(picture).padStart(2, '0')}.png`;
      await writeFile(join(target, 'faces', path), await pngOf(join(source, folder, `${picture}.pgm`)));
      rows.push(`${path},Person ${number},${glasses[folder]?.includes(picture) ? 'yes' : 'no'}`);
    }
  }
  await writeFile(join(target, 'faces', 'manifest.csv'), `${rows.join('\n')}\n`);
}

async function pngOf(file: string): Promise<Buffer> {
  const bytes = await readFile(file);
  const [, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 40))!.map(Number) as [number, number, number];
  const pixels = bytes.subarray(bytes.length - width * height);
  return sharp(pixels, { raw: { width, height, channels: 1 } }).toColourspace('b-w').png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer();
}

async function train(opened: Desk): Promise<DemoDescription> {
  const ask = asker(opened);
  const [preset] = await ask('recipes.presets', {});
  const recipe = { ...preset!.recipe, name: 'Demo faces' };
  const { datasetId, jobId } = await ask('datasets.add', { name: title, path: join(target, 'faces', 'manifest.csv'), split });
  await finished(opened, jobId);
  const started = performance.now();
  const run = await ask('runs.start', { datasetId, recipe });
  await finished(opened, run.jobId);
  const seconds = Math.round((performance.now() - started) / 1000);
  const [model] = await ask('models.list', {});
  const evaluation = await ask('evaluations.start', { modelId: model!.id, datasetId, part: 'test', baselines: true });
  process.stdout.write(`${await finished(opened, evaluation.jobId)}\n`);
  const { systems, device } = await ask('evaluations.get', { evaluationId: evaluation.evaluationId });
  await copyFile(join(home, 'models', `${model!.id}.safetensors`), join(target, 'demo.safetensors'));
  return demoDescription.parse({
    title,
    credit,
    dataset: { name: 'ORL faces', split },
    model: {
      name: 'Demo faces', licence: 'Apache-2.0; trained on the ORL faces (credit: Olivetti Research Laboratory)', recipe,
      epoch: model!.epoch!, validationEer: model!.validationEer, weightsHash: model!.weightsHash,
      trainedOn: 'ORL faces, 20 people of 40', trainingSamples: trainingSamples(datasetId),
    },
    origin: { madeBy: 'node build/make-demo.ts', device, testEer: systems[0]!.eer.value, seconds },
  });
}

function trainingSamples(datasetId: string): DemoDescription['model']['trainingSamples'] {
  const store = openStore(home);
  const samples = listDatasetSamples(store.database, datasetId, 'train').map(({ subject, pixelHash }) => ({ subject, pixelHash }));
  store.close();
  return samples;
}

function asker(opened: Desk) {
  return async <Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> =>
    (opened.handlers[name] as (parsed: unknown) => Promise<RequestOutput<Name>>)(requestTable[name].input.parse(input));
}

/** Waits for a job, showing its messages; resolves with the closing sentence. */
async function finished(opened: Desk, jobId: string): Promise<string> {
  let said = '';
  for (;;) {
    const job = await opened.handlers['jobs.get']({ jobId });
    if (job.message !== said) process.stdout.write(`${(said = job.message)}\n`);
    if (job.state === 'done') return job.message;
    if (job.endedAt !== null) throw new Error(`${job.title}: ${job.message}`);
    await new Promise((later) => setTimeout(later, 300));
  }
}

function readme({ model, origin }: DemoDescription): string {
  return `# The demo project

\`faces/\` holds the ORL database of faces: 40 people, ten pictures each, 92 x 112 grey, converted from PGM to PNG without
loss. "When using these images, please give credit to Olivetti Research Laboratory" (README of the database):

> ${credit}

The column \`glasses\` of its manifest was filled in by us, by eye, not by the laboratory.

\`demo.safetensors\` is a model that \`${origin.madeBy}\` trained with the default recipe (${model.recipe.loss.name}) on 20 of
the 40 people, in ${origin.seconds} s on: ${origin.device}. Its EER on the ten people that it and the choice of its threshold have
never seen was ${(100 * origin.testEer).toFixed(2)} % then; \`demo.json\` has the recipe. At the first start the product computes everything
else itself: templates, gallery, evaluation, threshold.
`;
}
