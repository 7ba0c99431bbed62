import { join } from 'node:path';
import type { RequestInput } from '../../contract/requests.ts';
import { forkEngine } from '../fork-engine.ts';
import { openLaboratory } from './laboratory.ts';

// A desk with a real engine, at work on the sweep it is given, for a test to kill.
const [home, order] = process.argv.slice(2) as [string, string];
const engine = join(import.meta.dirname, '..', '..', 'engine', 'index.ts');
const laboratory = await openLaboratory({ home, resources: join(home, 'no-resources'), spawnEngine: () => forkEngine(engine) });
await laboratory.ask('sweeps.start', JSON.parse(order) as RequestInput<'sweeps.start'>);
