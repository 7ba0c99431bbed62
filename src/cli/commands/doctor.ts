import type { DeviceReport } from '../../contract/device.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { exitCodes } from '../outcome.ts';
import { facts, table } from '../table.ts';

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
  if (report.setup.length === 0) return device;
  const steps = report.setup.map((step) => [step.name, step.state, step.reason === null ? step.detail : `${step.detail} (${step.reason})`, step.command ?? '']);
  return `${device}\n\n${table(['Set-up step', 'State', 'Detail', 'To change it'], steps)}`;
}
