import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { countWords } from '../../words/numbers.ts';
import type { Looked } from './explored.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { LabelControl } from './label-control.tsx';
import { pairVerdict } from './pair-verdict.ts';
import { SampleTile } from './sample-tile.tsx';

interface InspectedPairProps { looked: Extract<Looked, { kind: 'pair' }>; onStep: (at: number) => void }

/** Two samples side by side, with what the threshold says of them. */
export function InspectedPair({ looked: { pairs, at, isMated }, onStep }: InspectedPairProps) {
  const { samples, threshold, columns } = useExplored();
  const { first, second, score } = pairs[at]!;
  const verdict = pairVerdict(score, threshold, isMated);
  const sides = [first, second].map((place) => ({ place, sample: samples[place]! }));
  const kind = isMated ? 'mated' : 'non-mated';
  return (
    <div className={classes.inspected}>
      <p className={classes.verdict} data-wrong={verdict.isWrong || undefined}>{verdict.words}</p>
      <div className={classes.sides}>
        {sides.map(({ place, sample }) => (
          <div key={place} className={classes.side}>
            <SampleTile place={place} size={200} kind={kind} />
            <b>{sample.subject}</b>
            <span className={classes.path}>{sample.path}</span>
            <LabelControl sample={sample} />
          </div>
        ))}
      </div>
      {columns.length > 0 && (
        <table className={classes.metadata}>
          <tbody>{columns.map((column, index) => <tr key={column}><th scope="row">{column}</th>{sides.map(({ place, sample }) => <td key={place}>{sample.values[index] || '–'}</td>)}</tr>)}</tbody>
        </table>
      )}
      <div className={classes.steps}>
        <Button size="compact-sm" variant="default" leftSection={<IconChevronLeft size={15} />} disabled={at === 0} onClick={() => onStep(at - 1)}>Previous</Button>
        <span>{countWords(at + 1)} of {countWords(pairs.length)} listed</span>
        <Button size="compact-sm" variant="default" rightSection={<IconChevronRight size={15} />} disabled={at === pairs.length - 1} onClick={() => onStep(at + 1)}>Next</Button>
      </div>
    </div>
  );
}
