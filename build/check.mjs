import { engineSteps, prepare } from './prepare.mjs';
import { enterNode24 } from './prepare/launch.mjs';
import { createSetup } from './prepare/setup.mjs';
import { runChecks, runUnit, sumLine } from './prepare/test-stages.mjs';

const setup = createSetup();
await enterNode24(setup);
await prepare(setup, engineSteps);
const counts = [...await runChecks(setup), await runUnit(setup, process.argv.slice(2))];
const sum = sumLine(counts);
console.log(sum.line);
process.exit(sum.failed > 0 ? 1 : 0);
