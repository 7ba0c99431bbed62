import { resolve } from 'node:path';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { findEvaluation } from '../find.ts';

export const registerExport: Register = (program, perform) => {
  addCommand(program, 'export <evaluation>', 'Write an evaluation, by id or "latest": CSV, SVG and JSON')
    .option('--out <dir>', 'where to make the new folder (else in the data folder)')
    .action((wanted: string, options: { out?: string }, command) =>
      perform(command, async (session) => {
        const { id } = await findEvaluation(session, wanted);
        const exported = await session.ask('evaluations.export', { evaluationId: id, folder: options.out === undefined ? null : resolve(session.cwd, options.out) });
        return { json: exported, text: [exported.folder, ...exported.files.map((file) => `  ${file}`)].join('\n') };
      }));
};
