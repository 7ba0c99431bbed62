import { extname, resolve } from 'node:path';
import { Option } from 'commander';
import type { EmbeddingFormat } from '../../contract/requests/files.ts';
import { embeddingFormat } from '../../contract/requests/files.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { findModel } from '../find.ts';
import { followJob } from '../follow-job.ts';

interface EmbedOptions {
  model?: string;
  out: string;
  format?: EmbeddingFormat;
  cache?: string;
}

export const registerEmbed: Register = (program, perform) => {
  addCommand(program, 'embed <paths...>', 'Write the embeddings of pictures, or of all pictures below folders, into a new file')
    .requiredOption('--out <file>', 'the file to write: CSV (path, e0, e1...) or NPY (float32, with FILE.paths.csv beside it)')
    .addOption(new Option('--format <format>', 'else by the ending of the file').choices(embeddingFormat.options))
    .option('--model <name>', 'model by name or id (else the one in use)')
    .option('--cache <folder>', 'keep crops and embeddings in this folder by what the pictures hold: asked again, nothing is computed twice')
    .addHelpText('after', '\nEmbeddings are biometric data: the file is readable by you only. Pictures that fail are named and have no row.\nThe model\'s pipeline finds the face or finger; of several the largest is taken, and the log says so. Interrupted, the same\ncommand goes on where it was (FILE.part). Pictures of a dataset are kept in its own cache; for others name a --cache, which is\nreadable by you only and gone when you delete the folder.')
    .action((paths: string[], options: EmbedOptions, command) => {
      const format = options.format ?? formatOf(options.out);
      if (format === null) return command.error('error: name the file .csv or .npy, or say --format');
      return perform(command, async (session) => {
        const model = await findModel(session, options.model);
        const file = resolve(session.cwd, options.out);
        const cache = options.cache === undefined ? null : resolve(session.cwd, options.cache);
        const { jobId } = await session.ask('embeddings.write', { modelId: model.id, paths: paths.map((path) => resolve(session.cwd, path)), file, format, cache });
        await followJob(session, jobId);
        const { message, result, log } = await session.ask('jobs.get', { jobId });
        return { json: { file, format, model: model.id, result, failures: log }, text: [message, ...log.map((line) => `  ${line}`)].join('\n') };
      });
    });
};

function formatOf(file: string): EmbeddingFormat | null {
  return embeddingFormat.safeParse(extname(file).slice(1).toLowerCase()).data ?? null;
}
