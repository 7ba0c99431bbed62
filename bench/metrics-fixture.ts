import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PYEER, SCIKIT_LEARN, SETUPTOOLS } from './shared/requirements.ts';
import { pythonWith } from './shared/venv.ts';

// Writes what src/evaluation/peer-metrics.test.ts compares our figures with. Run it again when a peer is updated.
const python = pythonWith([SCIKIT_LEARN, SETUPTOOLS, PYEER]);
const { status, stdout } = spawnSync(python, [join(import.meta.dirname, 'metrics', 'fixture.py')], {
  encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26,
});
if (status !== 0) throw new Error(`Python ended with ${status}.`);
const file = join(import.meta.dirname, '../src/evaluation/test-support/fixtures/peer-metrics.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${stdout}\n`);
console.log(`Written to ${file}: ${JSON.parse(stdout).cases.length} cases.`);
