import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParsedInput } from '../contract/requests.ts';
import type { RunningJob } from './jobs.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';
import { writeWholeFile } from './write-whole-file.ts';

export const syntheticNotice = 'Every picture in this folder is synthetic, drawn by Likeness: nobody has these fingers. No figure measured on them is a figure about people.\n';

/** A folder for each subject, named as synthetic; the manifest comes last, so that a folder without one is not whole. */
export async function writeSyntheticFingers(workbench: Workbench, { folder, subjects, samples, seed }: ParsedInput<'fingers.synthesize'>, job: RunningJob): Promise<string> {
  const lines = ['path,subject,finger,hand,sensor,sample,synthetic'];
  await mkdir(folder, { recursive: true });
  await writeWholeFile(join(folder, 'README.txt'), syntheticNotice);
  for (let subject = 1; subject <= subjects; subject++) {
    job.progress({ done: subject - 1, total: subjects });
    const name = `synthetic-${String(subject).padStart(4, '0')}`;
    await mkdir(join(folder, name));
    const pictures = await surviveOneLoss(job, () => workbench.engine.call('fingers.synthesize', { seed, subject, samples }, { lane: 'batch', signal: job.signal }));
    for (const { fileName, png, finger, hand, sensor, sample } of pictures) {
      await writeWholeFile(join(folder, name, fileName), png);
      lines.push([`${name}/${fileName}`, name, finger, hand, sensor, sample, 'yes'].join(','));
    }
    job.signal.throwIfAborted();
  }
  await writeWholeFile(join(folder, 'MANIFEST.csv'), `${lines.join('\n')}\n`);
  job.progress({ done: subjects, total: subjects });
  return `${lines.length - 1} synthetic pictures of ${subjects} fingers that nobody has are in ${folder}.`;
}
