import { resolve } from 'node:path';
import { Option } from 'commander';
import type { ScoreTransform } from '../../contract/requests/cancelable.ts';
import { scoreTransform } from '../../contract/requests/cancelable.ts';
import type { DatasetCard } from '../../contract/requests/datasets.ts';
import type { EvaluationReport, OperatingFigure, ScoredSystem } from '../../contract/requests/evaluations.ts';
import { spreadOf } from '../../contract/requests/evaluations.ts';
import type { ModelCard } from '../../contract/requests/models.ts';
import { qualitySentence } from '../../contract/quality-words.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { Part } from '../../contract/vocabulary.ts';
import { part } from '../../contract/vocabulary.ts';
import type { Writer } from '../../workflows/report/report-words.ts';
import { asRate, inPercent, percentWords, plainly, rateWords } from '../../workflows/report/report-words.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { count, score } from '../figures.ts';
import { findDataset, findModel } from '../find.ts';
import { followJob } from '../follow-job.ts';
import type { Outcome } from '../outcome.ts';
import type { Session } from '../session.ts';
import { facts, table } from '../table.ts';
import type { ProtocolOptions } from './protocol.ts';
import { addProtocolOptions, evaluateProtocol } from './protocol.ts';

interface EvaluateOptions extends ProtocolOptions {
  model?: string;
  dataset?: string;
  part: Part;
  baselines?: true;
  transform: ScoreTransform;
  out?: string;
}

export const registerEvaluate: Register = (program, perform) => {
  const command = addCommand(program, 'evaluate', 'Measure a model on people it has never seen: EER, FNMR at FMR, ROC, with intervals')
    .option('--model <name>', 'model by name or id (else the one in use)')
    .option('--dataset <name>', 'dataset by name or id (else the one the model was trained on)')
    .addOption(new Option('--part <part>', 'which identities').choices(part.options).default('test'))
    .option('--baselines', 'beside it the untrained network and the cosine of raw pixels')
    .addOption(new Option('--transform <name>', 'put the model\'s templates under this transform first, as a gallery under it does').choices(scoreTransform.options).default('none'))
    .option('--out <dir>', 'write curves and scores (CSV), charts (SVG) and the report (JSON) into a new folder there')
    .action((options: EvaluateOptions, self) => perform(self, (session) => {
      const { protocol } = options;
      return protocol === undefined ? evaluate(session, options) : evaluateProtocol(session, { ...options, protocol });
    }));
  addProtocolOptions(command);
};

async function evaluate(session: Session, options: EvaluateOptions): Promise<Outcome> {
  const model = await findModel(session, options.model);
  const dataset = options.dataset === undefined ? await trainingDataset(session, model) : await findDataset(session, options.dataset);
  const { evaluationId, jobId } = await session.ask('evaluations.start', {
    modelId: model.id, datasetId: dataset.id, part: options.part, baselines: options.baselines ?? false, transform: options.transform,
  });
  await followJob(session, jobId);
  const report = await session.ask('evaluations.get', { evaluationId });
  if (options.out === undefined) return { json: report, text: describe(report) };
  const exported = await session.ask('evaluations.export', { evaluationId, folder: resolve(session.cwd, options.out) });
  return { json: { ...report, exported }, text: `${describe(report)}\n\nWritten to ${exported.folder}: ${exported.files.join(', ')}` };
}

async function trainingDataset(session: Session, model: ModelCard): Promise<DatasetCard> {
  const datasets = await session.ask('datasets.list', {});
  const datasetId = model.runId === null ? null : (await session.ask('runs.get', { runId: model.runId })).run.datasetId;
  const found = datasets.find(({ id }) => id === datasetId) ?? datasets.find(({ name }) => name === model.trainedOn) ?? (datasets.length === 1 ? datasets[0] : undefined);
  if (found !== undefined) return found;
  const ready = datasets.filter(({ state }) => state === 'ready');
  throw new RequestError('not-found', `The dataset that ${model.name} was trained on is not here. Name one with --dataset${ready.length === 0 ? ', after: likeness dataset add PATH' : `: ${ready.map(({ name }) => name).join(', ')}`}; or another model with --model.`);
}

function describe(report: EvaluationReport): string {
  const { counts } = report;
  const head = [
    `${report.modelName} on ${report.datasetName}, ${report.part} identities (${report.id})`,
    `${count(counts.subjects, 'person')}, ${count(counts.samples, 'image')}: ${count(counts.mated, 'mated comparison')}, ${count(counts.nonMated, 'non-mated comparison')}, ${String(counts.failedToAcquire)} failed to acquire`,
    ...(report.quality ? [qualitySentence(report)] : []),
    report.protocol,
  ];
  const thresholds = report.thresholds.map(({ target, threshold, refusal }) =>
    `  for FMR ${rateWords(target)}: ${threshold === null ? `none (${refusal ?? 'not supported'})` : score(threshold)}`);
  return [
    ...head, '', systems(report), '', ...described(report), 'In brackets: 95 % intervals, bootstrap over persons.',
    'Thresholds, chosen on the validation identities:', ...thresholds,
    ...report.warnings.map((warning) => `Note: ${warning}`),
  ].join('\n');
}

/** Costs, failures, calibration, norms and searches of the model, in short; --json has all of them. */
function described({ systems: [model], counts }: EvaluationReport): string[] {
  const percent = inPercent(counts.mated);
  const detail = model?.detail ?? null;
  if (detail === null) return [];
  const { figures, transactions, calibration, normalization, identification } = detail;
  const named = figures.filter(({ key }) => !key.startsWith('fmr')).map(({ key, label, unit, value, reason }): [string, string] =>
    [label, value === null ? `none: ${reason ?? ''}` : key === 'zeroFnmr' ? asRate(value) : unit === 'rate' ? percent(value) : plainly(3)(value)]);
  const { closedSet, openSet } = identification;
  return [
    facts([
      ...(detail.naive === null ? [] : [['A naive script, every image with itself too', `EER ${percentWords(detail.naive.eer, counts.mated)}, recall@1 ${percentWords(detail.naive.rank1, counts.samples)}`] satisfies [string, string]]),
      ...named,
      ['FTA, FTE', `${percentWords(transactions.fta, transactions.attempts)}, ${percentWords(transactions.fte, transactions.enrolments)}`],
      ['Cllr before and after logistic calibration, bits', calibration.before === null ? `none: ${calibration.refusal ?? ''}` : [calibration.before.cllr, calibration.maps[0]?.after?.cllr ?? null].map((bits) => bits?.toFixed(3) ?? 'infinite').join(', ')],
      ['EER raw, Z-, T-, S-norm', normalization.rows.length === 0 ? `none: ${normalization.refusal ?? ''}` : normalization.rows.map(({ eer }) => percentWords(eer.value, counts.mated)).join(', ')],
      ...(closedSet === null ? [] : [[`Rank 1 of N = ${closedSet.enrolled}`, inPercent(closedSet.searches)(closedSet.cmc[0]!.rate)] satisfies [string, string]]),
      ...(openSet?.points.filter(({ support }) => support !== 'unsupported') ?? []).map(({ target, dir }): [string, string] => [`DIR at FPIR ${rateWords(target)}, N = ${openSet!.enrolled}`, inPercent(openSet!.matedSearches)(dir)]),
    ]),
    '',
  ];
}

function systems({ systems: scored, counts }: EvaluationReport): string {
  const percent = inPercent(counts.mated);
  const targets = scored[0]?.fnmrAtFmr.map(({ target }) => target) ?? [];
  const rows: [string, ...string[]][] = [
    ['EER', ...scored.map(({ eer }) => percent(eer))],
    ...targets.map((target, index): [string, ...string[]] => [`FNMR at FMR ${rateWords(target)}`, ...scored.map(({ fnmrAtFmr }) => operating(fnmrAtFmr[index], percent))]),
    ['AUC', ...scored.map(({ auc }) => plainly(3)(auc))],
    ["d'", ...scored.map(spreadOf).map((spread) => (spread === null ? '-' : plainly(2)(spread)))],
    ...retrievalRows(scored),
  ];
  return table(['', ...scored.map(({ name }) => name)], rows);
}

/** Every sample searched among all others; recall@1 is rank 1 and precision@1. */
function retrievalRows(scored: readonly ScoredSystem[]): [string, ...string[]][] {
  const found = scored.flatMap(({ retrieval }) => (retrieval === null ? [] : [retrieval]));
  if (found.length < scored.length) return [['Retrieval', ...scored.map(() => '-')]];
  const percent = inPercent(found[0]!.queries);
  const clustering = (name: 'nmi' | 'ami'): [string, ...string[]] => [name.toUpperCase(), ...found.map((one) => one.clustering?.[name].toFixed(3) ?? '-')];
  return [
    ...found[0]!.recallAtK.map(({ k }, at): [string, ...string[]] => [`Recall@${String(k)}`, ...found.map(({ recallAtK }) => percent(recallAtK[at]!.recall))]),
    ['Precision@1', ...found.map(({ precisionAt1 }) => percent(precisionAt1))],
    ['R-precision', ...found.map(({ rPrecision }) => percent(rPrecision))],
    ['MAP@R', ...found.map(({ meanAveragePrecisionAtR }) => percent(meanAveragePrecisionAtR))],
    clustering('nmi'),
    clustering('ami'),
  ];
}

function operating(figure: OperatingFigure | undefined, percent: Writer): string {
  if (figure === undefined || figure.fnmr === null) return 'too little data';
  return `${percent(figure.fnmr)}, FMR achieved ${rateWords(figure.achieved ?? 0)}${figure.support === 'weak' ? ', weak support' : ''}`;
}
