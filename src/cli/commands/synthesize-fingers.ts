import { join, resolve } from 'node:path';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import { followJob } from '../follow-job.ts';

interface SynthesizeOptions {
  subjects: number;
  samples: number;
  seed: number;
}

export const registerSynthesizeFingers: Register = (program, perform) => {
  addCommand(program, 'synthesize-fingers <dir>', 'Draw pictures of fingers that nobody has, with MANIFEST.csv, into a new folder')
    .option('--subjects <n>', 'fingers, each of another subject', wholeNumber(1, 9999), 20)
    .option('--samples <m>', 'photos by a phone, and as many presses on a contact sensor, of each', wholeNumber(1, 99), 4)
    .option('--seed <s>', 'the same seed draws the same pictures', wholeNumber(0, 2 ** 32 - 1), 1)
    .addHelpText('after', '\nThey are for tests, demonstrations and pre-training: a figure measured on them says nothing about people.')
    .action((dir: string, { subjects, samples, seed }: SynthesizeOptions, command) =>
      perform(command, async (session) => {
        const folder = resolve(session.cwd, dir);
        const { jobId } = await session.ask('fingers.synthesize', { folder, subjects, samples, seed });
        const { message } = await followJob(session, jobId);
        return { json: { folder, subjects, samples, seed, synthetic: true }, text: `${message}\nlikeness dataset add ${join(folder, 'MANIFEST.csv')} --modality finger` };
      }));
};
