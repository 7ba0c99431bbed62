import { Button, Modal, SegmentedControl, Skeleton, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ComparedPair } from '../../../contract/requests/explore.ts';
import type { ProtocolReport, ProtocolSample } from '../../../contract/requests/protocols.ts';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { countWords, quantity, scoreWords } from '../../words/numbers.ts';
import pairs from '../explore/explore.module.css';
import { pairScoreWords, pairVerdict } from '../explore/pair-verdict.ts';
import type { PairOrder } from '../explore/pairs-panel.tsx';
import { kindOfPairs } from '../explore/pairs-panel.tsx';

const FIRST = 12;
const MORE = 24;
const MOST = 500;
const SETTLE_MS = 120; // a threshold that is being dragged does not ask for pairs at every step

interface ProtocolPairsProps { report: ProtocolReport; threshold: number; order: PairOrder; onOrder: (order: PairOrder) => void }

/** The comparisons that the threshold decides wrongly, or nearly so; a side may have several images. */
export function ProtocolPairs({ report, threshold, order, onOrder }: ProtocolPairsProps) {
  return (
    <div id="pairs">
      <Panel
        title="Pairs" aside={`at threshold ${scoreWords(threshold, 3)}`}
        actions={<SegmentedControl size="xs" value={order} onChange={(value) => onOrder(value as PairOrder)} data={[{ value: 'worst', label: 'Worst' }, { value: 'nearest', label: 'At the threshold' }]} aria-label="Which pairs" />}
      >
        <div className={pairs.kinds}>
          <SideBySide report={report} threshold={threshold} order={order} kind="non-mated" />
          <SideBySide report={report} threshold={threshold} order={order} kind="mated" />
        </div>
      </Panel>
    </div>
  );
}

interface SideBySideProps { report: ProtocolReport; threshold: number; order: PairOrder; kind: 'mated' | 'non-mated' }

function SideBySide({ report: { id, figures }, threshold, order, kind }: SideBySideProps) {
  const [limit, setLimit] = useState(FIRST);
  const [looked, setLooked] = useState<ComparedPair | null>(null);
  const [settled] = useDebouncedValue(threshold, SETTLE_MS);
  const { data, error } = useAsk('protocols.pairs', { protocolId: id, kind, order, threshold: settled, limit }, { keepPrevious: true });
  const isMated = kind === 'mated';
  const all = isMated ? figures.matedCount : figures.nonMatedCount;
  const words = kindOfPairs[kind];
  return (
    <section className={pairs.kind} aria-label={`${words.title} pairs`}>
      <h3 className={pairs.kindTitle} data-kind={kind}>{words.title} <span>{data && <><b>{countWords(data.total)}</b> {words.errors} of {countWords(all)}</>}</span></h3>
      <p className={pairs.hint}>{order === 'worst' ? words.worst : 'Those whose score lies nearest the threshold.'}</p>
      <ErrorNote error={error} />
      {!data && !error && <Skeleton height={300} />}
      <ol className={pairs.cards}>
        {data?.pairs.map((pair) => <li key={`${pair.first} ${pair.second} ${pair.score}`}><Card pair={pair} samples={data.samples} threshold={threshold} isMated={isMated} onLook={() => setLooked(pair)} /></li>)}
      </ol>
      {data && data.pairs.length === limit && limit < Math.min(all, MOST) && <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setLimit(Math.min(MOST, limit + MORE))}>More</Button>}
      <Modal opened={looked !== null} onClose={() => setLooked(null)} title={`${words.title} pair`} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
        {looked && data && <Looked pair={looked} samples={data.samples} threshold={threshold} isMated={isMated} />}
      </Modal>
    </section>
  );
}

interface PairProps { pair: ComparedPair; samples: readonly ProtocolSample[]; threshold: number; isMated: boolean }

function Card({ pair: { first, second, score }, samples, threshold, isMated, onLook }: PairProps & { onLook: () => void }) {
  const sides = [samples[first]!, samples[second]!];
  const verdict = pairVerdict(score, threshold, isMated);
  const names = isMated ? [sides[0]!.subject] : sides.map(({ subject }) => subject);
  return (
    <UnstyledButton className={pairs.card ?? ''} data-kind={isMated ? 'mated' : 'non-mated'} onClick={onLook} aria-label={`${names.join(' and ')}. ${verdict.words}`}>
      <span className={pairs.cardPictures}>{sides.map((side, at) => <span key={at} className={pairs.cardPicture}><Picture imageId={side.imageIds[0] ?? null} alt="" size={88} /></span>)}</span>
      <span className={pairs.cardScore}><b>{pairScoreWords(score)}</b><span>{verdict.isWrong ? (isMated ? 'missed' : 'matched') : 'right'}</span></span>
      <span className={pairs.cardNames} title={names.join(' and ')}>{names.map((name, at) => <span key={at}>{at > 0 && <br />}{name}</span>)}</span>
    </UnstyledButton>
  );
}

function Looked({ pair: { first, second, score }, samples, threshold, isMated }: PairProps) {
  const verdict = pairVerdict(score, threshold, isMated);
  return (
    <div className={pairs.inspected}>
      <p className={pairs.verdict} data-wrong={verdict.isWrong || undefined}>{verdict.words}</p>
      <div className={pairs.sides}>
        {[samples[first]!, samples[second]!].map(({ name, subject, imageIds }, at) => (
          <div key={at} className={pairs.side}>
            <div className={pairs.tiles}>{imageIds.map((imageId) => <span key={imageId} className={pairs.setPicture} data-only={imageIds.length === 1 || undefined}><Picture imageId={imageId} alt={`${subject}, ${name}`} size={imageIds.length === 1 ? 320 : 120} fit="whole" /></span>)}</div>
            <b>{subject}</b>
            <span className={pairs.path}>{name}{imageIds.length > 1 && `, ${quantity(imageIds.length, 'image')}`}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
