import type { RunCard, RunEpoch } from '../../contract/requests/runs.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { percent } from '../figures.ts';
import { findRun } from '../find.ts';
import { facts, table } from '../table.ts';

export const registerRuns: Register = (program, perform) => {
  const group = program.command('runs').summary('List, show and remove training runs').description('Training runs, the newest first.');
  addCommand(group, 'list', 'List the runs').action((_options: object, command) =>
    perform(command, async ({ ask }) => {
      const runs = await ask('runs.list', {});
      return { json: runs, text: runs.length === 0 ? 'Nothing has been trained yet. Begin with: likeness train --dataset NAME' : list(runs) };
    }));
  addCommand(group, 'show <run>', 'Show a run, by name, id or "latest", with its epochs').action((wanted: string, _options: object, command) =>
    perform(command, async (session) => {
      const { id } = await findRun(session, wanted);
      const found = await session.ask('runs.get', { runId: id });
      return { json: found, text: `${describeRun(found.run)}\n\n${epochTable(found.epochs)}` };
    }));
  addCommand(group, 'remove <run>', 'Remove a run and its checkpoints; its model stays').action((wanted: string, _options: object, command) =>
    perform(command, async (session) => {
      const { id, name } = await findRun(session, wanted);
      await session.ask('runs.remove', { runId: id });
      return { json: { removed: id }, text: `The run ${name} is removed.` };
    }));
};

function list(runs: readonly RunCard[]): string {
  const rows = runs.map((run) => [
    run.name, run.state, `${String(run.epoch)}/${String(run.recipe.epochs)}`, eer(run.bestValidationEer), run.datasetName, run.recipe.loss.name, run.id,
  ]);
  return table(['Name', 'State', 'Epochs', 'Validation EER', 'Dataset', 'Loss', 'Id'], rows);
}

export function describeRun(run: RunCard): string {
  return facts([
    ['Run', `${run.name} (${run.id})`],
    ['State', run.error === null ? run.state : `${run.state}: ${run.error}`],
    ['Dataset', run.datasetName],
    ['Network', `${run.recipe.backbone.name}, ${String(run.recipe.embeddingSize)}-d${run.parameters === null ? '' : `, ${run.parameters.toLocaleString('en-GB')} parameters`}`],
    ['Loss', run.recipe.loss.name],
    ['Epochs', `${String(run.epoch)} of ${String(run.recipe.epochs)}`],
    ['Validation EER, kept epoch', eer(run.bestValidationEer)],
    ['Trained on', run.device ?? 'not yet known'],
    ['Model', run.modelId ?? 'none'],
    ...(run.canResume ? [['To go on', `likeness train --resume ${run.id}`] as const] : []),
  ]);
}

function epochTable(epochs: readonly RunEpoch[]): string {
  const rows = epochs.map((epoch) => [String(epoch.epoch + 1), epoch.meanLoss.toFixed(4), eer(epoch.validationEer), epoch.kept ? 'kept' : '', epoch.alarm ?? '']);
  return table(['Epoch', 'Mean loss', 'Validation EER', '', 'Remark'], rows);
}

function eer(share: number | null): string {
  return share === null ? '-' : percent(share);
}
