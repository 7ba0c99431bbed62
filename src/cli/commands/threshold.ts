import { InvalidArgumentError } from 'commander';
import { RequestError } from '../../contract/request-error.ts';
import type { EvaluationCard } from '../../contract/requests/evaluations.ts';
import type { ThresholdInUse } from '../../contract/requests/matching.ts';
import { inPercent, rateWords } from '../../workflows/report/report-words.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { fmrOf } from '../decision.ts';
import { score } from '../figures.ts';
import { findEvaluation, findModel } from '../find.ts';
import type { Session } from '../session.ts';

export const registerThreshold: Register = (program, perform) => {
  const group = program.command('threshold').summary('Show and choose the threshold of decisions').description('The score from which a comparison counts as a match.');
  addCommand(group, 'show', 'Show the threshold in use, and its errors').action((_options: object, command) =>
    perform(command, async ({ ask }) => {
      const threshold = await ask('thresholds.get', {});
      return { json: threshold, text: threshold === null ? 'No threshold has been chosen for the model in use.' : describe(threshold) };
    }));
  addCommand(group, 'choose', 'Take the threshold for a false match rate out of an evaluation')
    .argument('<fmr>', 'the false match rate you accept, e.g. 1e-2', readRate)
    .option('--evaluation <id>', 'the evaluation that offers it, "latest" for the newest of all (else the newest of the model)')
    .option('--model <name>', 'the model that it is for (else the one in use)')
    .action((targetFmr: number, options: Choice, command) => {
      if (options.evaluation !== undefined && options.model !== undefined) command.error('error: give either --evaluation or --model: an evaluation is of one model');
      return perform(command, async (session) => {
        const evaluation = options.evaluation === undefined ? await newestOf(session, options.model) : await findEvaluation(session, options.evaluation);
        const threshold = await session.ask('thresholds.choose', { evaluationId: evaluation.id, targetFmr });
        const model = (await session.ask('models.list', {})).find(({ id: known }) => known === threshold.modelId);
        const other = model === undefined || model.inUse ? '' : `\nIt is of ${model.name}, which is not in use: likeness models use ${model.id}`;
        return { json: threshold, text: `${describe(threshold)}\nTaken from ${evaluation.id}: ${evaluationWords(evaluation)}.${other}` };
      });
    });
};

interface Choice {
  evaluation?: string;
  model?: string;
}

/** What the model in use, or the one that is named, was last evaluated on: never silently another model's. */
async function newestOf(session: Session, wanted: string | undefined): Promise<EvaluationCard> {
  const model = await findModel(session, wanted);
  const cards = (await session.ask('evaluations.list', {})).filter(({ part }) => part !== 'validation'); // where thresholds are chosen none is offered
  const own = cards.find(({ modelId }) => modelId === model.id);
  if (own !== undefined) return own;
  const others = [...new Set(cards.map(({ modelName }) => modelName))];
  throw new RequestError('not-found', `${model.name}${wanted === undefined ? ', the model in use,' : ''} has no evaluation that offers a threshold. Make one with: likeness evaluate --model ${model.id}${others.length === 0 ? '' : `. Evaluated are ${others.join(', ')}: take one with --model or --evaluation`}.`);
}

const evaluationWords = ({ modelName, datasetName, part, transform }: EvaluationCard): string =>
  `${modelName} on ${datasetName}, ${part} identities${(transform ?? 'none') === 'none' ? '' : `, templates under ${transform!}`}`;

function readRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && rate <= 1)) throw new InvalidArgumentError('Write a rate such as 1e-3 or 0.001, above 0 and up to 1.');
  return rate;
}

function describe(threshold: ThresholdInUse): string {
  return `Threshold ${score(threshold.threshold)}, chosen for FMR ${rateWords(threshold.targetFmr)}. On people of ${threshold.datasetName} who had no part in choosing it: ${fmrOf(threshold)}; FNMR ${inPercent()(threshold.fnmr)}.`;
}
