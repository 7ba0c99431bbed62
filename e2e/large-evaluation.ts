import type { EvaluationReport } from '../src/contract/requests/evaluations.ts';
import { seededRandom } from '../src/evaluation/random.ts';
import { insertEvaluationMap, insertEvaluationTemplates } from '../src/store/evaluation-maps.ts';
import { insertEvaluation, listEvaluations } from '../src/store/evaluations.ts';
import { openStore } from '../src/store/store.ts';

const SIZE = 32; // of a template

/**
 * Puts an evaluation of many samples beside those of a data folder: made-up templates around a centre for each person, laid flat by their
 * first two numbers. It keeps no scores of pairs (200 million of 20,000 samples).
 */
export function addLargeEvaluation(home: string, { samples, people }: { samples: number; people: number }): string {
  const store = openStore(home);
  const { database } = store;
  try {
    const model = listEvaluations(database).at(-1);
    if (model === undefined) throw new Error('There is no evaluation to take the form of.');
    const random = seededRandom(5);
    const centres = Float32Array.from({ length: people * SIZE }, () => random() - 0.5);
    const vectors = Float32Array.from({ length: samples * SIZE }, (_, at) => centres[(Math.floor(at / SIZE) % people) * SIZE + (at % SIZE)]! + (random() - 0.5) * 0.2);
    const id = 'evaluation-large';
    const counts = { ...model.counts, samples, subjects: people };
    const report: EvaluationReport = { ...model, id, datasetName: `${samples} made-up samples`, counts, createdAt: model.createdAt - 1 };
    insertEvaluation(database, { report, samples: Array.from({ length: samples }, (_, at) => ({ path: `sample-${at}.png`, subject: `Person ${at % people}` })), isDemo: false });
    insertEvaluationTemplates(database, store.vault.keys(), { evaluationId: id, size: SIZE, vectors });
    const points = Float32Array.from({ length: 2 * samples }, (_, at) => vectors[(at >> 1) * SIZE + (at & 1)]!);
    insertEvaluationMap(database, { evaluationId: id, projection: 'pca' }, { points, explained: [0.1, 0.09] });
    return id;
  } finally {
    store.close();
  }
}
