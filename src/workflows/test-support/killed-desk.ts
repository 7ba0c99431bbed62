import { addPeople, openLaboratory, smallRecipe } from './laboratory.ts';

// A desk at work, for a test to kill: it trains for ever and says so when the third epoch is done.
const laboratory = await openLaboratory({ home: process.argv[2]! });
const datasetId = await addPeople(laboratory);
await laboratory.ask('runs.start', { datasetId, recipe: smallRecipe(10_000) });
await laboratory.next((event) => event.type === 'run.epoch' && event.epoch.epoch === 2);
process.stdout.write('three epochs\n');
