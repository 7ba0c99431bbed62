import { Button, Table } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { DeviceReport, SetupStep } from '../../../contract/device.ts';
import { askKey, queryClient, useAsk, useTell } from '../../desk/ask.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FactList } from '../../widgets/fact-list.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { instantWords } from '../../words/time.ts';
import classes from './device.module.css';

export function DeviceScreen() {
  const { data: report, error } = useAsk('device.report', {});
  const measure = useTell('device.report');
  const remeasure = (): void => measure.mutate({ remeasure: true }, {
    onSuccess: (fresh) => queryClient.setQueryData(askKey('device.report', {}), fresh),
  });
  return (
    <Page actions={<Button variant="default" leftSection={<IconRefresh size={16} />} loading={measure.isPending} onClick={remeasure}>Measure again</Button>}>
      <ErrorNote error={measure.error ?? error} />
      {report && <Report report={report} />}
    </Page>
  );
}

const backendWords = { tensorflow: 'TensorFlow, native library', wasm: 'WebAssembly (slower)', cpu: 'plain JavaScript (slowest)' } as const;

function Report({ report }: { report: DeviceReport }) {
  return (
    <>
      <div className={classes.columns}>
        <Panel className={classes.hero ?? ''}>
          <span className={classes.kind}>Used for every training and comparison</span>
          <strong className={classes.label}>{report.label}</strong>
          <div className={classes.speeds}>
            <Speed gflops={report.matmulGflops} words="matrix product, 1024 × 1024 × 1024" />
            <Speed gflops={report.convGflops} words="3 × 3 convolution, 64 channels, 8 × 56 × 56" />
          </div>
          <span className={classes.kind}>Measured {instantWords(report.measuredAt)}</span>
        </Panel>
        <Panel title="What computes">
          <FactList facts={[
            ['Processor', report.processor], ['Cores', report.cores], ['Graphics', report.gpu ?? 'none found'],
            ['Computing with', backendWords[report.backend]], ...Object.entries(report.versions),
          ]} />
        </Panel>
      </div>
      {report.whyNotGpu && (
        <Panel title="Why no graphics processor is used">
          <p className={classes.words}>{report.whyNotGpu}</p>
          {report.command && <Command command={report.command} />}
        </Panel>
      )}
      <SetupTable steps={report.setup} />
    </>
  );
}

function Speed({ gflops, words }: { gflops: number; words: string }) {
  return <div className={classes.speed}><span><b>{gflops >= 10 ? Math.round(gflops) : gflops.toFixed(1)}</b> GFLOP/s</span><small>{words}</small></div>;
}

export function Command({ command }: { command: string }) {
  return <div className={classes.command}><code>{command}</code><CopyButton text={command} /></div>;
}

const stateWords: Record<SetupStep['state'], string> = { ready: '✓ ready', fallback: '◐ fallback', failed: '✕ failed', skipped: '– skipped' };

function SetupTable({ steps }: { steps: readonly SetupStep[] }) {
  if (steps.length === 0) return null;
  return (
    <Panel title="Set-up" aside="What was prepared on this machine, step by step." isFlush>
      <Table.ScrollContainer minWidth={640}>
        <Table>
          <Table.Thead><Table.Tr><Table.Th pl={18}>Step</Table.Th><Table.Th>State</Table.Th><Table.Th>What happened</Table.Th><Table.Th>To change it</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {steps.map((step) => (
              <Table.Tr key={step.name}>
                <Table.Td pl={18} fw={560}>{step.name}</Table.Td>
                <Table.Td className={classes.state} data-state={step.state}>{stateWords[step.state]}</Table.Td>
                <Table.Td>{step.detail}{step.reason && <div className={classes.reason}>{step.reason}</div>}</Table.Td>
                <Table.Td>{step.command ? <Command command={step.command} /> : null}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
