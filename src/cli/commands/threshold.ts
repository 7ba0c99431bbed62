import { InvalidArgumentError } from 'commander';
import type { ThresholdInUse } from '../../contract/requests/matching.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { fmrOf } from '../decision.ts';
import { percentEstimate, score, smallRate } from '../figures.ts';
import { findEvaluation } from '../find.ts';

export const registerThreshold: Register = (program, perform) => {
  const group = program.command('threshold').summary('Show and choose the threshold of decisions').description('The score from which a comparison counts as a match.');
  addCommand(group, 'show', 'Show the threshold in use, and its errors').action((_options: object, command) =>
    perform(command, async ({ ask }) => {
      const threshold = await ask('thresholds.get', {});
      return { json: threshold, text: threshold === null ? 'No threshold has been chosen for the model in use.' : describe(threshold) };
    }));
  addCommand(group, 'choose', 'Take the threshold for a false match rate out of an evaluation')
    .argument('<fmr>', 'the false match rate you accept, e.g. 1e-2', readRate)
    .option('--evaluation <id>', 'the evaluation that offers it', 'latest')
    .action((targetFmr: number, options: { evaluation: string }, command) =>
      perform(command, async (session) => {
        const { id } = await findEvaluation(session, options.evaluation);
        const threshold = await session.ask('thresholds.choose', { evaluationId: id, targetFmr });
        const model = (await session.ask('models.list', {})).find(({ id: known }) => known === threshold.modelId);
        const other = model === undefined || model.inUse ? '' : `\nIt is of ${model.name}, which is not in use: likeness models use ${model.id}`;
        return { json: threshold, text: `${describe(threshold)}${other}` };
      }));
};

function readRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && rate <= 1)) throw new InvalidArgumentError('Write a rate such as 1e-3 or 0.001, above 0 and up to 1.');
  return rate;
}

function describe(threshold: ThresholdInUse): string {
  return `Threshold ${score(threshold.threshold)}, chosen for FMR ${smallRate(threshold.targetFmr)}. On people of ${threshold.datasetName} who had no part in choosing it: ${fmrOf(threshold)}; FNMR ${percentEstimate(threshold.fnmr)}.`;
}
