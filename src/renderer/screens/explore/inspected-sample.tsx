import { Button, Skeleton } from '@mantine/core';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { scoreWords } from '../../words/numbers.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { LabelControl } from './label-control.tsx';
import { SampleTile } from './sample-tile.tsx';

const NEIGHBOURS = 12;

/** A sample, its metadata and label, and the samples that it resembles most. */
export function InspectedSample({ place }: { place: number }) {
  const { report, samples, columns, look } = useExplored();
  const { data: neighbours, error } = useAsk('explore.neighbours', { evaluationId: report.id, sample: place, limit: NEIGHBOURS });
  const sample = samples[place]!;
  return (
    <div className={classes.inspected}>
      <div className={classes.large}><Picture imageId={sample.imageId} alt={`${sample.subject}, ${sample.path}`} size={380} fit="whole" /></div>
      <div className={classes.facts}>
        <Button size="compact-sm" variant="light" onClick={() => look({ kind: 'subject', subject: sample.subject })}>All of {sample.subject}</Button>
        <LabelControl sample={sample} />
      </div>
      <table className={classes.metadata}>
        <tbody>
          <tr><th scope="row">file</th><td>{sample.path}</td></tr>
          {columns.map((column, index) => <tr key={column}><th scope="row">{column}</th><td>{sample.values[index] || '–'}</td></tr>)}
        </tbody>
      </table>
      <h3 className={classes.heading}>Neighbours</h3>
      <p className={classes.hint}>The samples it resembles most, with their scores. Blue frames are the same person, dashed orange ones another.</p>
      <ErrorNote error={error} />
      {!neighbours && !error && <Skeleton height={180} />}
      <div className={classes.tiles}>
        {neighbours?.map(({ sample: other, score }) => <SampleTile key={other} place={other} size={84} kind={samples[other]?.subject === sample.subject ? 'mated' : 'non-mated'} caption={scoreWords(score, 3)} />)}
      </div>
    </div>
  );
}
