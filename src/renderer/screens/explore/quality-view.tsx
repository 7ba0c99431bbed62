import { Select, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconGauge } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { discardChart } from '../../../charts/discard-chart.ts';
import { discardCsv } from '../../../charts/figure-csv.ts';
import type { Frame } from '../../../charts/frame.ts';
import { numericColumns } from '../../../contract/numeric-columns.ts';
import type { DiscardReport } from '../../../contract/requests/explore.ts';
import { useAsk } from '../../desk/ask.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FactList } from '../../widgets/fact-list.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { percentWords, quantity, scoreWords } from '../../words/numbers.ts';
import type { Trial } from '../evaluate/use-trial.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { ThresholdChoice } from './threshold-choice.tsx';

const HEIGHT = 380;
const SETTLE_MS = 250;

/** Whether a column of numbers foretells errors: what is left of the FNMR when the comparisons of lowest quality are set aside. */
export function QualityView({ trial }: { trial: Trial }) {
  const { report, columns, samples } = useExplored();
  const numeric = numericColumns(columns, samples);
  const [chosen, setChosen] = useState<string | null>(null);
  const column = chosen ?? numeric[0] ?? '';
  const [order] = useDebouncedValue({ column, threshold: trial.point.threshold }, SETTLE_MS);
  const { data, error } = useAsk('explore.discard', { evaluationId: report.id, ...order }, { enabled: order.column !== '', keepPrevious: true });
  if (numeric.length === 0) {
    return <EmptyState icon={IconGauge} title="These samples have no column of numbers" words="Add the dataset as a CSV manifest with a quality beside path and subject (sharpness, NFIQ 2, a score of your own: higher is better), and evaluate again. The curve then shows whether it foretells the misses." />;
  }
  return (
    <>
      <Panel title="Quality" aside={`at threshold ${scoreWords(trial.point.threshold, 3)}: FNMR ${percentWords(trial.point.fnmr, report.counts.mated)}`}>
        <div className={classes.sliceForm}>
          <Select label="Read as quality" description="higher is better" allowDeselect={false} data={numeric} value={column} onChange={setChosen} />
          <ThresholdChoice trial={trial} thresholds={report.thresholds} hint="Or drag the line under Pairs." />
        </div>
        <ErrorNote error={error} />
      </Panel>
      {!data && !error && <Skeleton height={HEIGHT} radius="lg" />}
      {data && <DiscardPanel report={data} fileName={`${report.modelName}-discard-${data.column}`} />}
    </>
  );
}

export function DiscardPanel({ report, fileName }: { report: DiscardReport; fileName: string }) {
  const draw = useCallback((frame: Frame) => discardChart(report, frame), [report]);
  const { area, comparisons, unknown } = report;
  const share = percentWords(area.largest).replace('.0', '');
  return (
    <Panel title="Error versus discard" aside={`${quantity(comparisons, 'mated comparison')}, each as good as the worse of its samples`} actions={<ChartExport fileName={fileName} label="error versus discard" draw={draw} csv={() => discardCsv(report)} />}>
      <ChartFigure draw={draw} height={HEIGHT} />
      <FactList facts={[
        [`Mean FNMR up to ${share} set aside`, percentWords(area.value, comparisons)],
        ['of an ideal quality', percentWords(area.ideal, comparisons)],
        ['of one that knows nothing', percentWords(area.level, comparisons)],
      ]} />
      <p className={classes.hint}>{verdictOf(area)}{unknown > 0 && ` ${quantity(unknown, 'comparison')} with a sample of unknown quality in no step.`}</p>
    </Panel>
  );
}

function verdictOf({ value, level, ideal }: DiscardReport['area']): string {
  if (level === 0) return 'No mated comparison is missed at this threshold: there is nothing to foretell.';
  const gain = level - ideal > 0 ? (level - value) / (level - ideal) : 0;
  if (gain <= 0) return 'It does not foretell the misses: setting its lowest aside leaves as many, or more.';
  return `It foretells the misses in part: ${percentWords(gain).replace(/\.\d/, '')} of what an ideal quality would gain.`;
}
