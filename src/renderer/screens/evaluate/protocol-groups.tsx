import { Select, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { columnsOf } from '../../../contract/protocol-absences.ts';
import type { ProtocolReport } from '../../../contract/requests/protocols.ts';
import type { ColumnStudies } from '../../../contract/requests/score-files.ts';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { percentWords, rateWords, scoreWords } from '../../words/numbers.ts';
import explored from '../explore/explore.module.css';
import { DiscardPanel } from '../explore/quality-view.tsx';
import { SliceForm, SlicePanels, usualMinimums } from '../explore/slices-view.tsx';
import { ThresholdChoice } from '../explore/threshold-choice.tsx';
import { Refused } from './detail/refused.tsx';
import type { Trial } from './use-trial.ts';

const SETTLE_MS = 250;
const HEIGHT = 260;

interface GroupsProps { report: ProtocolReport; trial: Trial }

/** The groups that columns of metadata make and the errors that their numbers foretell, at the threshold that is tried; or why there are none. */
export function ProtocolGroups({ report, trial }: GroupsProps) {
  const { studies, slices, discards } = columnsOf(report);
  return (
    <>
      {slices === null && studies !== null ? <Slices report={report} trial={trial} columns={studies.columns} /> : <Refused title="Slices" words={slices ?? ''} />}
      {discards === null && studies !== null ? <Discards report={report} trial={trial} columns={studies.numeric} /> : <Refused title="Error versus discard" words={discards ?? ''} />}
    </>
  );
}

interface OfColumnsProps extends GroupsProps { columns: ColumnStudies['columns'] }

const offeredBy = ({ figures: { development } }: ProtocolReport): { target: number; threshold: number | null }[] => [...(development?.thresholds ?? [])];

function Slices({ report, trial, columns }: OfColumnsProps) {
  const [column, setColumn] = useState(columns[0]!);
  const [minimums, setMinimums] = useState(usualMinimums);
  const { threshold, fmr, fnmr } = trial.point;
  const [order] = useDebouncedValue({ column, threshold, ...minimums }, SETTLE_MS);
  const { data: slices, error } = useAsk('protocols.slices', { protocolId: report.id, ...order }, { keepPrevious: true });
  return (
    <>
      <Panel title="Slices" aside={`one threshold for everybody, ${scoreWords(threshold, 3)}: FMR ${rateWords(fmr)}, FNMR ${percentWords(fnmr, report.figures.matedCount)}`}>
        <SliceForm columns={columns} column={column} onColumn={(name) => name !== null && setColumn(name)} minimums={minimums} onMinimums={setMinimums}>
          <Offered report={report} trial={trial} />
        </SliceForm>
        <ErrorNote error={error} />
      </Panel>
      {!slices && !error && <Skeleton height={HEIGHT} radius="lg" />}
      {slices && !error && <SlicePanels slices={slices} trial={trial} />}
    </>
  );
}

function Discards({ report, trial, columns }: OfColumnsProps) {
  const [column, setColumn] = useState(columns[0]!);
  const { threshold, fnmr } = trial.point;
  const [order] = useDebouncedValue({ column, threshold }, SETTLE_MS);
  const { data, error } = useAsk('protocols.discard', { protocolId: report.id, ...order }, { keepPrevious: true });
  return (
    <>
      <Panel title="Quality" aside={`at threshold ${scoreWords(threshold, 3)}: FNMR ${percentWords(fnmr, report.figures.matedCount)}`}>
        <div className={explored.sliceForm}>
          <Select label="Read as quality" description="higher is better" allowDeselect={false} data={[...columns]} value={column} onChange={(name) => name !== null && setColumn(name)} />
          <Offered report={report} trial={trial} />
        </div>
        <ErrorNote error={error} />
      </Panel>
      {!data && !error && <Skeleton height={HEIGHT} radius="lg" />}
      {data && !error && <DiscardPanel report={data} fileName={`${report.manifest.model.name}-discard-${data.column}`} />}
    </>
  );
}

/** The thresholds of the development split, where there is one; else only the line of the histogram moves it. */
function Offered({ report, trial }: GroupsProps) {
  const thresholds = offeredBy(report);
  if (thresholds.every(({ threshold }) => threshold === null)) return <p className={explored.hint}>The threshold is the one in the histogram above: drag its line.</p>;
  return <ThresholdChoice trial={trial} thresholds={thresholds} hint="Or drag the line in the histogram above." />;
}
