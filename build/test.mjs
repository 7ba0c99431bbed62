import { appStep, engineSteps, prepare, recall } from './prepare.mjs';
import { enterNode24 } from './prepare/launch.mjs';
import { createSetup } from './prepare/setup.mjs';
import { hasEndToEndTests, runChecks, runEndToEnd, runUnit, sumLine } from './prepare/test-stages.mjs';

// npm test [-- [--unit | --e2e] [FILE…] [FLAG…]]: everything; or one kind; or only what matches the files.
const setup = createSetup();
const asked = process.argv.slice(2);
const args = asked.filter((arg) => arg !== '--unit' && arg !== '--e2e');
const [unitFiles, e2eFiles] = [args.filter((arg) => !isEndToEnd(arg)), args.filter(isEndToEnd)];
const onlyFiles = args.some((arg) => !arg.startsWith('-'));
const only = asked.includes('--unit') ? 'unit' : asked.includes('--e2e') ? 'e2e' : null;
const isEverything = only === null && !onlyFiles;
const wantsUnit = only === 'unit' || isEverything || (only === null && unitFiles.some((arg) => !arg.startsWith('-')));
const wantsEndToEnd = only === 'e2e' || isEverything || (only === null && e2eFiles.length > 0);

await enterNode24(setup);
const needsWindow = wantsEndToEnd && hasEndToEndTests(setup);
const lacking = await prepare(setup, needsWindow ? [...engineSteps, appStep] : engineSteps);
recall(setup, lacking);

const counts = [];
if (isEverything) counts.push(...await runChecks(setup));
if (wantsUnit) counts.push(await runUnit(setup, only === 'unit' ? args : unitFiles));
if (wantsEndToEnd) counts.push(await runEndToEnd(setup, { args: only === 'e2e' ? args : e2eFiles, isAsked: !isEverything }));
const sum = sumLine(counts);
console.log(sum.line);
process.exit(sum.failed > 0 ? 1 : 0);

/** @param {string} arg */
function isEndToEnd(arg) {
  return arg.startsWith('e2e') || arg.endsWith('.spec.ts');
}
