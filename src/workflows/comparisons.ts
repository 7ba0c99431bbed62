import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { ComparisonReport, Overlay, SystemReference } from '../contract/requests/comparisons.ts';
import { findKeptPairs } from '../store/evaluation-pairs.ts';
import { findScores } from '../store/evaluations.ts';
import type { Database } from '../store/statement.ts';
import { comparedFigures } from './compare/compared-figures.ts';
import type { ComparedScores, DifferenceOrder } from './compare/differences.ts';
import { comparableSystems, overlaidSystem } from './compare/overlaid-systems.ts';
import { numbered } from './embed-dataset.ts';
import { knownEvaluation } from './known-evaluation.ts';
import { knownProtocol } from './protocols.ts';
import { recentlyUsed } from './recently-used.ts';
import { runInThread } from './run-in-thread.ts';
import { knownScores } from './score-files.ts';
import { attributedSample } from './score-survey.ts';
import type { Workbench } from './workbench.ts';

type ComparisonHandlers = Pick<Handlers, 'comparisons.systems' | 'comparisons.overlay' | 'comparisons.start' | 'comparisons.get'>;

const keptReports = 50;
const plan = { replicates: 1000, confidence: 0.95 };

/** Evaluations, protocols and score files over one another. */
export function comparisonHandlers(workbench: Workbench): ComparisonHandlers {
  const { database } = workbench.store;
  const reports = recentlyUsed<ComparisonReport>(keptReports, () => 1);
  return {
    'comparisons.systems': () => comparableSystems(database),
    'comparisons.overlay': ({ systems }) => overlayOf(database, systems),
    'comparisons.start': ({ systems }) => {
      const overlay = overlayOf(database, systems);
      const job = workbench.jobs.start({
        kind: 'scores', title: `Compare ${overlay.systems.map(({ name }) => name).join(', ')}`, subjectId: null, unit: 'comparisons', isBatch: false,
        work: async (running) => {
          running.progress({ message: 'Resampling the subjects of both.' });
          const order: DifferenceOrder = {
            ...plan,
            systems: overlay.systems.map(({ name, reference, values }) => ({ name, scores: scoresOf(database, reference), has: values.map((value) => value !== null) })),
          };
          const { differences } = await runInThread('differences', order, { signal: running.signal, onProgress: (progress) => running.progress(progress) });
          reports.set(running.id, { ...overlay, ...plan, differences });
          return `${systems.length} systems compared.`;
        },
      });
      return { jobId: job.id };
    },
    'comparisons.get': ({ jobId }) => {
      const report = reports.get(jobId);
      if (report === undefined) throw new RequestError('not-found', 'This comparison is not known (any more), or its job has not ended yet. Compare again.');
      return report;
    },
  };
}

function overlayOf(database: Database, references: readonly SystemReference[]): Overlay {
  return { figures: [...comparedFigures], systems: references.map((reference) => overlaidSystem(database, reference)) };
}

function scoresOf(database: Database, reference: SystemReference): ComparedScores {
  if (reference.kind === 'protocol') {
    const { scoresFile, report } = knownProtocol(database, reference.id);
    return { kind: 'file', path: scoresFile, fileHash: report.figures.fileHash };
  }
  if (reference.kind === 'scores') {
    const { scoresFile, report } = knownScores(database, reference.id);
    return { kind: 'file', path: scoresFile, fileHash: report.report.fileHash };
  }
  const { samples } = knownEvaluation(database, reference.id);
  const scores = findScores(database, reference.id, reference.system);
  const named = numbered(samples);
  if (scores !== undefined) return { kind: 'all-pairs', scores, ...named };
  const kept = reference.system === 'model' ? findKeptPairs(database, reference.id) : undefined;
  if (kept === undefined) return { kind: 'none', reason: 'This system keeps no scores to resample.' };
  return { kind: 'attributed', scores: attributedSample(kept, named.subjects), names: named.names };
}
