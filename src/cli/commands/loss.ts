import { resolve } from 'node:path';
import type { LossReport } from '../../contract/requests/files.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { readJson } from '../read-json.ts';
import { table } from '../table.ts';

const form = `
The file: {"loss": "triplet", "options": {...}, "embeddings": [[...], ...], "labels": [0, 0, 1, ...],
           "proxies": [[...], ...], "regularizers": [...]}; the last two only where the loss wants them.
With --json: {"loss", "gradients": {"embeddings", "proxies"}, "skipped"}, for comparison with another implementation.`;

export const registerLoss: Register = (program, perform) => {
  addCommand(program, 'loss <file>', 'Compute a loss and its gradients on a batch in a JSON file, as training would')
    .addHelpText('after', form)
    .action((file: string, _options: object, command) =>
      perform(command, async ({ ask, cwd }) => {
        const written = await readJson(resolve(cwd, file), 'invalid-input');
        const report = await ask('losses.compute', written as never);
        return { json: report, text: describe(report) };
      }));
};

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
