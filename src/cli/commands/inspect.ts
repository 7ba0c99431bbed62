import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Option } from 'commander';
import type { Inspection, PipelineName } from '../../contract/requests/inspections.ts';
import { pipelineName } from '../../contract/requests/inspections.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { putImage } from '../read-images.ts';

interface InspectOptions {
  out: string;
  pipeline: PipelineName;
}

export const registerInspect: Register = (program, perform) => {
  addCommand(program, 'inspect <image>', 'Show what a pipeline sees in a photo: every step as PNG, and inspect.json')
    .requiredOption('--out <dir>', 'folder to write into; made when it is not there')
    .addOption(new Option('--pipeline <name>', 'what the photo shows').choices(pipelineName.options).default('face'))
    .addHelpText('after', '\nThe pictures show the person: files are readable by you only. Nothing found is an answer, not an error.')
    .action((path: string, { out, pipeline }: InspectOptions, command) =>
      perform(command, async (session) => {
        const imageId = await putImage(session, path);
        const { steps, ...seen } = await session.ask('images.inspect', { imageId, pipeline });
        const folder = resolve(session.cwd, out);
        await mkdir(folder, { recursive: true });
        for (const { name, png } of steps) await writeFile(join(folder, `${name}.png`), png, { mode: 0o600 });
        const json = { ...seen, steps: steps.map(({ name, title }) => ({ file: `${name}.png`, title })) };
        await writeFile(join(folder, 'inspect.json'), `${JSON.stringify(json, null, 2)}\n`, { mode: 0o600 });
        return { json, text: [...describe(seen), `Pictures of ${steps.length} steps and inspect.json are in ${folder}`].join('\n') };
      }));
};

function describe({ pipeline, samples }: Pick<Inspection, 'pipeline' | 'samples'>): string[] {
  if (samples.length === 0) return [`No ${pipeline} was found.`];
  return samples.map(({ label, quality: { score, reasons } }) => `${label}: quality ${score}${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`);
}
