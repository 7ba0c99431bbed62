import { Button, SegmentedControl, Skeleton, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ComparedPair } from '../../../contract/requests/explore.ts';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { countWords, scoreWords } from '../../words/numbers.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { pairVerdict } from './pair-verdict.ts';

export type PairOrder = 'worst' | 'nearest';

const FIRST = 12;
const MORE = 24;
const MOST = 500;
const SETTLE_MS = 120; // a threshold that is being dragged does not ask for pairs at every step

interface PairsPanelProps { order: PairOrder; onOrder: (order: PairOrder) => void }

/** The comparisons that the threshold decides wrongly, or nearly so, with both their samples. */
export function PairsPanel({ order, onOrder }: PairsPanelProps) {
  const { threshold } = useExplored();
  return (
    <div id="pairs">
      <Panel
        title="Pairs" aside={`at threshold ${scoreWords(threshold, 3)}`}
        actions={<SegmentedControl size="xs" value={order} onChange={(value) => onOrder(value as PairOrder)} data={[{ value: 'worst', label: 'Worst' }, { value: 'nearest', label: 'At the threshold' }]} aria-label="Which pairs" />}
      >
        <div className={classes.kinds}>
          <PairList kind="non-mated" order={order} />
          <PairList kind="mated" order={order} />
        </div>
      </Panel>
    </div>
  );
}

export const kindOfPairs = {
  'mated': { title: 'Mated', errors: 'false non-matches', worst: 'The same person, least alike first.' },
  'non-mated': { title: 'Non-mated', errors: 'false matches', worst: 'Two people, most alike first.' },
} as const;

function PairList({ kind, order }: { kind: 'mated' | 'non-mated'; order: PairOrder }) {
  const { report, threshold, look } = useExplored();
  const [limit, setLimit] = useState(FIRST);
  const [settled] = useDebouncedValue(threshold, SETTLE_MS);
  const { data, error } = useAsk('explore.pairs', { evaluationId: report.id, kind, order, threshold: settled, limit }, { keepPrevious: true });
  const isMated = kind === 'mated';
  const all = isMated ? report.counts.mated : report.counts.nonMated;
  const words = kindOfPairs[kind];
  return (
    <section className={classes.kind} aria-label={`${words.title} pairs`}>
      <h3 className={classes.kindTitle} data-kind={kind}>{words.title} <span>{data && <><b>{countWords(data.total)}</b> {words.errors} of {countWords(all)}</>}</span></h3>
      <p className={classes.hint}>{order === 'worst' ? words.worst : 'Those whose score lies nearest the threshold.'}</p>
      <ErrorNote error={error} />
      {!data && !error && <Skeleton height={300} />}
      <ol className={classes.cards}>
        {data?.pairs.map((pair, at) => (
          <li key={`${pair.first} ${pair.second}`}><PairCard pair={pair} isMated={isMated} onLook={() => look({ kind: 'pair', pairs: data.pairs, at, isMated })} /></li>
        ))}
      </ol>
      {data && data.pairs.length === limit && limit < Math.min(all, MOST) && <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setLimit(Math.min(MOST, limit + MORE))}>More</Button>}
    </section>
  );
}

function PairCard({ pair: { first, second, score }, isMated, onLook }: { pair: ComparedPair; isMated: boolean; onLook: () => void }) {
  const { samples, marks, threshold } = useExplored();
  const [one, other] = [samples[first]!, samples[second]!];
  const verdict = pairVerdict(score, threshold, isMated);
  const names = isMated ? one.subject : `${one.subject} and ${other.subject}`;
  return (
    <UnstyledButton className={classes.card ?? ''} data-kind={isMated ? 'mated' : 'non-mated'} onClick={onLook} aria-label={`${names}. ${verdict.words}`}>
      <span className={classes.cardPictures}>
        {[one, other].map((sample) => <span key={sample.path} className={classes.cardPicture} data-marked={marks.has(sample.path) || undefined}><Picture imageId={sample.imageId} alt="" size={88} /></span>)}
      </span>
      <span className={classes.cardScore}><b>{scoreWords(score, 3)}</b><span>{verdict.isWrong ? (isMated ? 'missed' : 'matched') : 'right'}</span></span>
      <span className={classes.cardNames} title={names}>{isMated ? one.subject : <>{one.subject}<br />{other.subject}</>}</span>
    </UnstyledButton>
  );
}
