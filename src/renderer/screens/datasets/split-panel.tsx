import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DatasetCard } from '../../../contract/requests/datasets.ts';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FactList } from '../../widgets/fact-list.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { countWords, quantity } from '../../words/numbers.ts';
import { instantWords } from '../../words/time.ts';
import classes from './datasets.module.css';
import { SplitBar } from './split-bar.tsx';
import { SplitFields, splitProblem } from './split-fields.tsx';

export function SplitPanel({ dataset }: { dataset: DatasetCard }) {
  const [split, setSplit] = useState(dataset.split);
  const resplit = useTell('datasets.resplit');
  const isChanged = JSON.stringify(split) !== JSON.stringify(dataset.split);
  const partWords = (part: keyof DatasetCard['parts']): string =>
    `${quantity(dataset.parts[part].subjects, 'person', 'people')}, ${quantity(dataset.parts[part].images, 'picture')}`;
  return (
    <div className={classes.columns}>
      <Panel title="Split by person">
        <div className={classes.fields}>
          <SplitBar parts={dataset.parts} />
          <FactList facts={[['Train', partWords('train')], ['Validation', partWords('validation')], ['Test', partWords('test')]]} />
          <SplitFields split={split} onChange={setSplit} />
          <ErrorNote error={resplit.error} />
          <Button variant="default" disabled={!isChanged || splitProblem(split) !== null} loading={resplit.isPending} onClick={() => resplit.mutate({ datasetId: dataset.id, split }, { onSuccess: () => askAgain('datasets') })}>Split anew</Button>
          <p className={classes.hint}>Models that were trained on the old split have seen some of the people who come into the new test part; evaluations say so.</p>
        </div>
      </Panel>
      <Panel title="Files">
        <FactList facts={[
          ['Where', <code key="path" className={classes.path}>{dataset.path}</code>], ['Layout', dataset.layout], ['Pictures of', dataset.modality === 'face' ? 'faces' : 'fingers'],
          ['Columns', dataset.columns.length > 0 ? dataset.columns.join(', ') : 'none'], ['Other files', countWords(dataset.findings.skippedFiles)],
          ['Added', instantWords(dataset.createdAt)], ...(dataset.credit ? [['Credit', dataset.credit] as const] : []),
        ]} />
      </Panel>
    </div>
  );
}
