import { RequestError } from '../../contract/request-error.ts';
import type { ComparableSystem, OverlaidSystem, SystemReference } from '../../contract/requests/comparisons.ts';
import type { EvaluationReport, ScoredSystem } from '../../contract/requests/evaluations.ts';
import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import type { ImportedScores, ScoreDrawing, ScoreFileReport } from '../../contract/requests/score-files.ts';
import { listEvaluations } from '../../store/evaluations.ts';
import { listMeasurements } from '../../store/measurements.ts';
import type { Database } from '../../store/statement.ts';
import { knownEvaluation } from '../known-evaluation.ts';
import { knownProtocol } from '../protocols.ts';
import { protocolTitle } from '../protocols/read-protocol.ts';
import { knownScores } from '../score-files.ts';
import { comparedRows } from './compared-figures.ts';

/** Everything with scores, newest first. */
export function comparableSystems(database: Database): ComparableSystem[] {
  const all = [
    ...listEvaluations(database).flatMap((report) => report.systems.map((system) => ofEvaluation(report, system))),
    ...listMeasurements(database, 'protocol').map(ofProtocol),
    ...listMeasurements(database, 'scores').map(ofScores),
  ];
  return all.sort((one, other) => other.createdAt - one.createdAt).map(({ reference, name, detail, mated, nonMated, eer, createdAt }) =>
    ({ reference, name, detail, mated, nonMated, eer, createdAt }));
}

/** @throws RequestError('not-found') */
export function overlaidSystem(database: Database, reference: SystemReference): OverlaidSystem {
  if (reference.kind === 'protocol') return ofProtocol(knownProtocol(database, reference.id).report);
  if (reference.kind === 'scores') return ofScores(knownScores(database, reference.id).report);
  const { report } = knownEvaluation(database, reference.id);
  const system = report.systems.find(({ kind }) => kind === reference.system);
  if (system === undefined) throw new RequestError('not-found', `The evaluation of ${report.modelName} has no system ${reference.system}.`);
  return ofEvaluation(report, system);
}

function ofEvaluation({ id, datasetName, part, counts, createdAt }: EvaluationReport, system: ScoredSystem): OverlaidSystem {
  const { kind, name, eer, curve, histogram } = system;
  return {
    reference: { kind: 'evaluation', id, system: kind }, name, detail: `${datasetName}, ${part} part`, mated: counts.mated, nonMated: counts.nonMated,
    eer, createdAt, curve, histogram, values: comparedRows.map(({ ofSystem }) => ofSystem(system)),
  };
}

function ofProtocol({ id, manifest, figures, drawing, createdAt }: ProtocolReport): OverlaidSystem {
  return { reference: { kind: 'protocol', id }, name: manifest.model.name, detail: protocolTitle(manifest.source), createdAt, ...measured(figures, drawing) };
}

function ofScores({ id, name, createdAt, report, drawing }: ImportedScores): OverlaidSystem {
  return { reference: { kind: 'scores', id }, name, detail: report.file, createdAt, ...measured(report, drawing) };
}

function measured(report: ScoreFileReport, drawing: ScoreDrawing | null): Omit<OverlaidSystem, 'reference' | 'name' | 'detail' | 'createdAt'> {
  const values = comparedRows.map(({ ofScores: read }) => read(report));
  return {
    mated: report.matedCount, nonMated: report.nonMatedCount, eer: values[0]!,
    curve: drawing === null ? [] : [...drawing.curve], histogram: drawing?.histogram ?? null, values,
  };
}
