import type { Costliest, CostlySide, RunCard, RunEpoch, RunStep } from '../../contract/requests/runs.ts';
import { keptWords } from '../../contract/requests/runs.ts';
import { skippedWords } from '../../contract/skipped-anchors.ts';
import { percentWords } from '../../workflows/report/report-words.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { findRun } from '../find.ts';
import { facts, table } from '../table.ts';

export const registerRuns: Register = (program, perform) => {
  const group = program.command('runs').summary('List, show and remove training runs').description('Training runs, the newest first.');
  addCommand(group, 'list', 'List the runs').action((_options: object, command) =>
    perform(command, async ({ ask }) => {
      const runs = await ask('runs.list', {});
      return { json: runs, text: runs.length === 0 ? 'Nothing has been trained yet. Begin with: likeness train --dataset NAME' : list(runs) };
    }));
  addCommand(group, 'show <run>', 'Show a run, by name, id or "latest": its epochs, what its last step told, and the pairs that cost most').action((wanted: string, _options: object, command) =>
    perform(command, async (session) => {
      const { id } = await findRun(session, wanted);
      const found = await session.ask('runs.get', { runId: id });
      const parts = [describeRun(found.run), describeStep(found.steps.at(-1)), epochTable(found.epochs), costliestTable(found.costliest)];
      return { json: found, text: parts.filter((part) => part !== '').join('\n\n') };
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
    ['Validation EER, kept epoch', `${eer(run.bestValidationEer)}${run.keptEpoch === null ? '' : ` (${keptWords(run.keptEpoch)})`}`],
    ['Trained on', run.device ?? 'not yet known'],
    ['Model', run.modelId ?? 'none'],
    ...(run.canResume ? [['To go on', `likeness train --resume ${run.id}`] as const] : []),
  ]);
}

function epochTable(epochs: readonly RunEpoch[]): string {
  const rows = epochs.map((epoch) => [String(epoch.epoch + 1), epoch.meanLoss.toFixed(4), eer(epoch.validationEer), epoch.kept ? 'kept' : '', epoch.alarm ?? '']);
  return table(['Epoch', 'Mean loss', 'Validation EER', '', 'Remark'], rows);
}

/** What the loss told of the last step: data that says whether a run learns. */
function describeStep(step: RunStep | undefined): string {
  if (step === undefined) return '';
  const skipped = Object.entries(step.skipped).filter(([, count]) => count > 0).map(([reason, count]) => `${String(count)} ${skippedWords(reason)}`);
  return facts([
    ['Last step', `${String(step.step)}, loss ${step.loss.toFixed(4)}`],
    ['Active share', step.activeShare === null ? '-' : percentWords(step.activeShare)],
    ['Distances', `within classes ${figure(step.positiveDistance)}, between them ${figure(step.negativeDistance)}`],
    ['Mean norm, mean cosine', `${figure(step.meanNorm)}, ${figure(step.meanCosine)}`],
    ['Anchors without a loss', skipped.length === 0 ? 'none' : skipped.join('; ')],
  ]);
}

function costliestTable(costliest: Costliest | null): string {
  if (costliest === null || costliest.items.length === 0) return '';
  const rows = costliest.items.map(({ cost, step, anchor, positive, negative }) => [cost.toFixed(4), String(step), anchor.subject, side(positive), side(negative)]);
  return `Costliest of epoch ${String(costliest.epoch + 1)}\n${table(['Cost', 'Step', 'Anchor', 'Same person', 'Somebody else'], rows)}`;
}

function side(side: CostlySide | null): string {
  return side === null ? '' : `${side.isProxy ? 'proxy of ' : ''}${side.subject}, cosine ${side.cosine.toFixed(2)}`;
}

function figure(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

function eer(share: number | null): string {
  return share === null ? '-' : percentWords(share);
}
