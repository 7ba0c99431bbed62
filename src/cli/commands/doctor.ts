import { stripVTControlCharacters } from 'node:util';
import type { DeviceReport, SetupStep } from '../../contract/device.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { exitCodes } from '../outcome.ts';
import { facts } from '../table.ts';

export const registerDoctor: Register = (program, perform) => {
  addCommand(program, 'doctor', 'Say what computes here, how fast it is, and what would change it')
    .option('--remeasure', 'measure the speed again')
    .action((options: { remeasure?: true }, command) =>
      perform(command, async ({ ask }) => {
        const report = await ask('device.report', { remeasure: options.remeasure ?? false });
        const isWhole = report.setup.every(({ state }) => state !== 'failed');
        return { json: report, text: describe(report), exitCode: isWhole ? exitCodes.ok : exitCodes.error };
      }));
};

function describe(report: DeviceReport): string {
  const speed = (gflops: number): string => `${gflops.toFixed(0)} GFLOP/s`;
  const device = facts([
    ['Device', report.label],
    ['Backend', report.backend],
    ['Processor', `${report.processor} (${String(report.cores)} cores)`],
    ['GPU', report.gpu ?? 'none used'],
    ['Matrix product', speed(report.matmulGflops)],
    ['Convolution', speed(report.convGflops)],
    ...(report.whyNotGpu === null ? [] : [['Why no GPU', report.whyNotGpu] as const]),
    ...(report.command === null ? [] : [['To change it', report.command] as const]),
    ['Versions', Object.entries(report.versions).map(([name, version]) => `${name} ${version}`).join(', ')],
  ]);
  return report.setup.length === 0 ? device : `${device}\n\nSet-up\n${report.setup.map(describeStep).join('\n')}`;
}

function describeStep({ name, state, detail, reason, command }: SetupStep): string {
  const lines = [`  ${name.padEnd(nameWidth)}${state.padEnd(stateWidth)}${firstLine(detail)}`];
  const indent = ' '.repeat(2 + nameWidth + stateWidth);
  if (reason !== null) lines.push(`${indent}why: ${firstLine(reason)}`);
  if (command !== null) lines.push(`${indent}to change it: ${command}`);
  return lines.join('\n');
}

const nameWidth = 18;
const stateWidth = 10;

/** Reasons are other programs' words, colours and all; --json has them whole. */
function firstLine(text: string): string {
  return stripVTControlCharacters(text).trim().split('\n')[0] ?? '';
}
