import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Answer, RequestInput, RequestName, RequestOutput } from '../../contract/requests.ts';
import { decodeBytes, encodeBytes } from '../../contract/wire/bytes.ts';
import type { NetworkCounts } from './own-network.ts';
import { countedByKernel } from './own-network.ts';
import { watchedInto } from './watched.ts';

/** What a day's work was, and what the kernel counted of it; null where it had no network of its own to count in. */
export interface Day {
  commands: string[];
  requests: string[];
  counted: NetworkCounts | null;
}

const root = resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);

const recipe = {
  name: 'Tiny', loss: { name: 'triplet' }, embeddingSize: 16, epochs: 1, batchesPerEpoch: 4, input: { width: 32, height: 32 },
  sampler: { name: 'm-per-class', classesPerBatch: 3, samplesPerClass: 3 },
};

// A day's work in the terminal and in the browser host, with the real engine. Given are the folder it happens in, the file that those who are watched
// write, and whether the kernel counts.
const [folder, watched, isCounted] = process.argv.slice(2) as [string, string, string];
const env = { ...watchedInto(watched), LIKENESS_BACKUP_PASSPHRASE: 'correct horse battery', LIKENESS_STORE: 'local' };
const day: Day = { commands: [], requests: [], counted: null };
const home = join(folder, 'home');
const picture = (path: string): string => join(folder, 'pictures', path);

await work();
if (isCounted === 'counted') day.counted = countedByKernel();
process.stdout.write(JSON.stringify(day));

async function work(): Promise<void> {
  const faces = join(root, 'resources', 'demo', 'faces');
  for (let who = 1; who <= 9; who++) {
    for (const which of ['01', '02', '03', '04']) cpSync(join(faces, `person-0${who}`, `${which}.png`), picture(`person-0${who}/${which}.png`));
  }
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify(recipe));
  await likeness('dataset', 'add', picture('.'), '--name', 'Nine');
  await likeness('train', '--dataset', 'Nine', '--recipe', join(folder, 'tiny.json'));
  await likeness('models', 'use', 'Tiny');
  await Promise.all([inTheTerminal(), inTheBrowser()]);
  await Promise.all([likeness('backup', join(folder, 'all.backup')), likeness('audit', 'verify'), textEncoder()]);
}

async function inTheTerminal(): Promise<void> {
  await likeness('enrol', 'Ann', picture('person-01/01.png'), picture('person-01/02.png'), '--consent', 'Access');
  await Promise.all([
    likeness('evaluate', '--model', 'Tiny', '--out', join(folder, 'evaluation')),
    likeness('verify', 'Ann', picture('person-01/03.png')),
  ]);
  await Promise.all([likeness('identify', picture('person-02/01.png')), likeness('subjects', 'export', 'Ann')]);
  await likeness('subjects', 'delete', 'Ann', '--yes', 'Ann');
}

/** @throws where a command ends otherwise than with an answer: 3 and 4 are decisions. */
async function likeness(...words: string[]): Promise<void> {
  day.commands.push(words.slice(0, 2).filter((word) => /^[a-z-]+$/.test(word)).join(' '));
  await run(process.execPath, [join(root, 'src', 'cli', 'index.ts'), ...words, '--json', '--home', home], { env, cwd: folder, maxBuffer: 1 << 26 }).catch((error: { code: number }) => {
    if (error.code !== 3 && error.code !== 4) throw error;
  });
}

async function inTheBrowser(): Promise<void> {
  const window = join(folder, 'window');
  mkdirSync(window);
  writeFileSync(join(window, 'index.html'), '<!doctype html>');
  const host = spawn(process.execPath, [join(import.meta.dirname, 'hosted-desk.ts'), root, home, window], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [address] = (await Promise.race([
    once(createInterface({ input: host.stdout }), 'line'), once(host, 'exit').then(() => Promise.reject(new Error('The browser host ended at its start.'))),
  ])) as [string];
  const entered = await fetch(address, { redirect: 'manual' });
  const visitor = { origin: new URL(address).origin, cookie: (entered.headers.get('set-cookie') ?? '').split(';')[0]! };
  const ask = async <Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> => {
    day.requests.push(name);
    const reply = await fetch(`${visitor.origin}/ask/${name}`, { method: 'POST', body: encodeBytes(input), headers: { ...visitor, 'content-type': 'application/json' } });
    const answered = decodeBytes(await reply.text()) as Answer<RequestOutput<Name>>;
    if (!answered.ok) throw new Error(`${name}: ${answered.message}`);
    return answered.value;
  };
  const { imageId } = await ask('images.put', { fileName: 'probe.png', bytes: new Uint8Array(readFileSync(picture('person-03/01.png'))) });
  await ask('images.inspect', { imageId, pipeline: 'face' });
  const { subject } = await ask('enrol.images', { subject: { name: 'Bea' }, imageIds: [imageId] });
  await ask('identify.search', { probe: imageId });
  await ask('subjects.delete', { subjectId: subject!.id, typedName: 'Bea' });
  host.kill('SIGTERM');
  await once(host, 'exit');
}

/** The native library that only a recipe guided by language loads, on the smallest network there is. */
async function textEncoder(): Promise<void> {
  await run(process.execPath, [join(root, 'src', 'engine', 'test-support', 'run-onnx.ts')], { env });
}
