import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { followJob } from '../follow-job.ts';

export const registerDemo: Register = (program, perform) => {
  const group = program.command('demo').summary('The demo project').description('The demo project: real faces, a trained model, a filled gallery.');
  addCommand(group, 'reset', 'Set the demo project up again as it was; other data stays').action((_options: object, command) =>
    perform(command, async (session) => {
      const { jobId } = await session.ask('demo.reset', {});
      const job = await followJob(session, jobId);
      return { json: { state: job.state, message: job.message }, text: job.message };
    }));
};
