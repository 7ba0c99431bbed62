import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { engineSteps, prepare } from './prepare.mjs';
import { enterNode24, handOver } from './prepare/launch.mjs';
import { nodeProgram } from './prepare/node-24.mjs';
import { createSetup } from './prepare/setup.mjs';

const setup = createSetup();
const [name = '', ...args] = process.argv.slice(2);
const folder = join(setup.root, 'bench');
if (!/^[\w-]+$/.test(name) || !existsSync(join(folder, `${name}.ts`))) {
  const known = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')) : [];
  setup.reporter.say(`There is no benchmark "${name}". npm run bench -- NAME, where NAME is one of: ${known.map((file) => file.slice(0, -3)).join(', ') || '(none yet)'}`);
  process.exit(2);
}
await enterNode24(setup);
await prepare(setup, engineSteps);
// What a benchmark computes in its own process is computed as in an engine.
const { engineMemory } = await import('../src/workflows/engine-memory.ts');
await handOver(setup, [nodeProgram(setup), join('bench', `${name}.ts`), ...args], { env: engineMemory });
