import { resolve } from 'node:path';
import { Option } from 'commander';
import type { FusionOrder } from '../../contract/requests/score-files.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { followJob } from '../follow-job.ts';

const form = `
The files: CSVs as "likeness score-metrics" reads them, about the same comparisons row by row, as of several fingers, several
samples or several models. Written is the first file with the fused score in place of its own.
sum: the mean of the scores that are there (-inf is a failure to acquire). max: the highest. logistic: a weighted sum, a natural
log-likelihood ratio, whose weights are learnt from the rows whose split is dev, development or validation, and from no others.
What it gains: "likeness compare FIRST.csv FUSED.csv".`;

interface FuseOptions {
  rule: FusionOrder['rule'];
  out: string;
}

export const registerFuse: Register = (program, perform) => {
  addCommand(program, 'fuse <files...>', 'Fuse comparison scores of several fingers, samples or models into one CSV')
    .addOption(new Option('--rule <rule>', 'how scores become one').choices(['sum', 'max', 'logistic']).default('sum'))
    .requiredOption('--out <file>', 'the new CSV')
    .addHelpText('after', form)
    .action((files: string[], { rule, out }: FuseOptions, command) => {
      if (files.length < 2) command.error('error: name two score files or more');
      return perform(command, async (session) => {
        const paths = files.map((each) => resolve(session.cwd, each));
        const { jobId } = await session.ask('scores.fuse', { paths, rule, out: resolve(session.cwd, out) });
        const { message, result } = await followJob(session, jobId);
        const weights = result?.['weights'] as number[] | null | undefined;
        const learnt = weights ? `\nWeights ${weights.map((weight) => weight.toPrecision(4)).join(', ')}, learnt from ${String(result!['learntFrom'])} comparisons of the development split.` : '';
        return { json: result, text: `${message}${learnt}` };
      });
    });
};
