import { Skeleton } from '@mantine/core';
import type { Verification } from '../../../contract/requests/matching.ts';
import { useAsk } from '../../desk/ask.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Outcome } from '../../widgets/outcome.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { Picture } from '../../widgets/picture.tsx';
import type { Probe } from '../../widgets/probe-picker.tsx';
import { ScoreScaleFigure } from '../../widgets/score-scale-figure.tsx';
import { decisionWords } from '../../words/decision.ts';
import { rateWords, scoreWords } from '../../words/numbers.ts';
import classes from './verify.module.css';

export function VerificationResult({ subjectId, probe }: { subjectId: string; probe: Probe }) {
  const { data, error } = useAsk('verify.compare', { probe: probe.imageId, reference: { subjectId } });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Panel><Skeleton height={420} radius="md" /></Panel>;
  const words = decisionWords(data);
  return (
    <Panel className={classes.decision ?? ''}>
      <Outcome isMatch={data.isMatch} score={data.score} />
      <p className={classes.sentence}>{words} <CopyButton text={words} /></p>
      <ScoreScaleFigure score={data.score} threshold={data.threshold} />
      <FmrAtScore verification={data} />
      <References verification={data} />
    </Panel>
  );
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
