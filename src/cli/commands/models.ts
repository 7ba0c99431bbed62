import type { Command } from 'commander';
import type { ModelCard } from '../../contract/requests/models.ts';
import { RequestError } from '../../contract/request-error.ts';
import { percentWords } from '../../workflows/report/report-words.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { findModel } from '../find.ts';
import { followJob } from '../follow-job.ts';
import { table } from '../table.ts';

export const registerModels: Register = (program, perform) => {
  const group = program.command('models').summary('List, use, rename and remove models').description('Trained embeddings; one of them is in use.');
  addCommand(group, 'list', 'List the models').action((_options: object, command) =>
    perform(command, async ({ ask }) => {
      const models = await ask('models.list', {});
      return { json: models, text: models.length === 0 ? 'There is no model yet. Train one with: likeness train' : list(models) };
    }));
  addCommand(group, 'add <shipped>', 'Put a model that ships on the list: fingers').action((wanted: string, _options: object, command) =>
    perform(command, async ({ ask }) => {
      if (wanted !== 'fingers') throw new RequestError('invalid-input', `No model called ${wanted} ships. There is: fingers`);
      const model = await ask('models.add', { shipped: wanted });
      return { json: model, text: `${model.name} is on the list. Enrol and match with it: likeness models use ${model.id}` };
    }));
  addCommand(group, 'use <model>', 'Enrol and match with this model; everyone enrolled is embedded again').action((wanted: string, _options: object, command) =>
    perform(command, async (session) => {
      const { id } = await findModel(session, wanted);
      const { model, jobId } = await session.ask('models.use', { modelId: id });
      if (jobId !== null) await followJob(session, jobId);
      return { json: model, text: `${model.name} is in use.` };
    }));
  addCommand(group, 'rename <model> <name>', 'Give a model another name').action((...[wanted, name, , command]: [string, string, object, Command]) =>
    perform(command, async (session) => {
      const { id } = await findModel(session, wanted);
      const model = await session.ask('models.rename', { modelId: id, name });
      return { json: model, text: `It is called ${model.name} now.` };
    }));
  addCommand(group, 'remove <model>', 'Remove a model with its templates and thresholds').action((wanted: string, _options: object, command) =>
    perform(command, async (session) => {
      const { id, name } = await findModel(session, wanted);
      await session.ask('models.remove', { modelId: id });
      return { json: { removed: id }, text: `The model ${name} is removed, with its templates and thresholds.` };
    }));
};

function list(models: readonly ModelCard[]): string {
  const rows = models.map((model) => [
    model.inUse ? '*' : '', model.name, model.summary, model.trainedOn, model.validationEer === null ? '-' : percentWords(model.validationEer), String(model.templates), model.id,
  ]);
  const foreign = models.filter(({ source }) => source === 'pretrained').map(({ name, licence }) => `${name} was trained by others. Licence: ${licence}.`);
  return `${table(['', 'Name', 'Network', 'Trained on', 'Validation EER', 'Templates', 'Id'], rows)}\n\n${['* in use', ...foreign].join('\n')}`;
}
