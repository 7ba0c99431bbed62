import { resolve } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';
import type { LossReport } from '../../contract/requests/files.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { readJson } from '../read-json.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

const form = `
A file: {"loss": "triplet", "options": {...}, "embeddings": [[...], ...], "labels": [0, 0, 1, ...],
         "proxies": [[...], ...], "regularizers": [...]}; the last two only where the loss wants them.
With --json: {"loss", "gradients": {"embeddings", "proxies"}, "skipped"}, for comparison with another implementation;
a list of them, in the order of the files, when there are several.`;

export const registerLoss: Register = (program, perform) => {
  addCommand(program, 'loss <files...>', 'Compute a loss and its gradients on a batch in a JSON file, as training would')
    .addHelpText('after', form)
    .action((files: string[], _options: object, command) =>
      perform(command, async (session) => {
        const reports: LossReport[] = [];
        for (const file of files) reports.push(await compute(file, session, files.length > 1));
        if (reports.length === 1) return { json: reports[0]!, text: describe(reports[0]!) };
        return { json: reports, text: reports.map((report, index) => `${files[index]!}\n${describe(report)}`).join('\n\n') };
      }));
};

/** @param namesFile whether complaints must say which file they are about. */
async function compute(file: string, { ask, cwd }: Session, namesFile: boolean): Promise<LossReport> {
  const written = await readJson(resolve(cwd, file), 'invalid-input');
  return ask('losses.compute', written as never).catch((error: unknown) => {
    if (namesFile && error instanceof RequestError) throw new RequestError(error.code, `${file}: ${error.message}`);
    throw error;
  });
}

function describe({ loss, gradients, skipped }: LossReport): string {
  const norms = (rows: readonly number[][]): string[][] => rows.map((row, index) => [String(index), Math.hypot(...row).toPrecision(6)]);
  const left = Object.entries(skipped).filter(([, rows]) => rows > 0).map(([reason, rows]) => `${reason} ${String(rows)}`);
  return [
    `Loss: ${loss.toPrecision(8)}`,
    `Rows without a loss: ${left.length === 0 ? 'none' : left.join(', ')}`,
    '', table(['Row', 'Gradient length'], norms(gradients.embeddings)),
    ...(gradients.proxies === undefined ? [] : ['', table(['Proxy', 'Gradient length'], norms(gradients.proxies))]),
  ].join('\n');
}
