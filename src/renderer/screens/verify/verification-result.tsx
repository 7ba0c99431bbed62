import { Skeleton } from '@mantine/core';
import type { Verification } from '../../../contract/requests/matching.ts';
import type { FingerPosition } from '../../../contract/vocabulary.ts';
import { useAsk } from '../../desk/ask.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Outcome } from '../../widgets/outcome.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { Picture } from '../../widgets/picture.tsx';
import type { Probe } from '../../widgets/probe-picker.tsx';
import { QualityMark } from '../../widgets/seen/quality-mark.tsx';
import { ScoreScaleFigure } from '../../widgets/score-scale-figure.tsx';
import { decisionWords } from '../../words/decision.ts';
import { rateWords, scoreWords } from '../../words/numbers.ts';
import { HandResult } from './hand-result.tsx';
import classes from './verify.module.css';

interface VerificationResultProps {
  subjectId: string;
  probe: Probe;
  /** Of several faces or fingers in the probe; null: as the lab's policy says. */
  several: 'one' | 'largest' | 'hand' | null;
  /** Which finger the probe shows; null: nobody said. */
  finger: FingerPosition | null;
}

export function VerificationResult({ subjectId, probe, several, finger }: VerificationResultProps) {
  const { data, error } = useAsk('verify.compare', { probe: probe.imageId, reference: { subjectId }, several, finger });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Panel><Skeleton height={420} radius="md" /></Panel>;
  if (data.hand) return <HandResult verification={data} hand={data.hand} />;
  const words = decisionWords(data);
  return (
    <Panel className={classes.decision ?? ''}>
      <Outcome isMatch={data.isMatch} score={data.score} />
      <p className={classes.sentence}>{words} <CopyButton text={words} /></p>
      <ProbeQuality verification={data} />
      <ScoreScaleFigure score={data.score} threshold={data.threshold} />
      <FmrAtScore verification={data} />
      <References verification={data} />
    </Panel>
  );
}

/** A poor probe explains a low score. */
function ProbeQuality({ verification: { probe: { label, quality, seen } } }: { verification: Verification }) {
  if (quality === null) return null;
  return <QualityMark quality={quality} label={seen > 1 ? `Probe: ${label} of ${seen}` : 'Probe'} />;
}

function FmrAtScore({ verification: { fmrAtScore, threshold } }: { verification: Verification }) {
  if (fmrAtScore === null) return null;
  const comparisons = threshold ? ` of the ${threshold.nonMatedComparisons.toLocaleString('en-GB')} non-mated comparisons` : '';
  return (
    <p className={classes.small}>
      {fmrAtScore === 0
        ? `None${comparisons} of the evaluation scored this high.`
        : `FMR at this score: ${rateWords(fmrAtScore)}, the share${comparisons} of the evaluation that scored at least as high.`}
    </p>
  );
}

function References({ verification: { references, subject } }: { verification: Verification }) {
  if (references.length === 0) return null;
  const best = Math.max(...references.map(({ score }) => score));
  return (
    <section>
      <h3 className={classes.heading}>References of {subject?.name ?? 'the other picture'}, the score is their mean</h3>
      <ul className={classes.scored}>
        {references.map(({ imageId, score }) => (
          <li key={imageId}>
            <span className={classes.scoredPicture}><Picture imageId={imageId} alt="" size={64} /></span>
            <span data-best={score === best || undefined}>{scoreWords(score)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
