import type { ComparedFinger, Verification } from '../../../contract/requests/matching.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { Outcome } from '../../widgets/outcome.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { QualityMark } from '../../widgets/seen/quality-mark.tsx';
import { asSentence } from '../../widgets/seen/quality-words.ts';
import { ScoreScaleFigure } from '../../widgets/score-scale-figure.tsx';
import { noThresholdWords, outcomeWords, thresholdWords } from '../../words/decision.ts';
import { quantity, scoreWords } from '../../words/numbers.ts';
import classes from './verify.module.css';

interface HandResultProps {
  verification: Verification;
  hand: NonNullable<Verification['hand']>;
}

/** A whole hand: the fused score, which has no threshold yet, and the decision on each finger. */
export function HandResult({ verification, hand: { fingers, threshold } }: HandResultProps) {
  const { score, probe, model, transform, subject } = verification;
  const compared = fingers.filter((one) => one.score !== null).length;
  const words = `No decision on the ${probe.label}: no threshold has been measured for fused scores. Score ${scoreWords(score)}, the sum over ${quantity(compared, 'finger')} as a mean, model ${model.name}.`;
  const rule = threshold === null ? `${asSentence(noThresholdWords(transform))} for single fingers.` : `Each finger is decided by the ${thresholdWords(threshold)} of single comparisons.`;
  return (
    <Panel className={classes.decision ?? ''}>
      <Outcome isMatch={null} score={score} />
      <p className={classes.sentence}>{words} <CopyButton text={words} /></p>
      <ScoreScaleFigure score={score} threshold={null} />
      <section>
        <h3 className={classes.heading}>Fingers against those of {subject?.name}</h3>
        <ul className={classes.fingers} aria-label="Fingers">{fingers.map((one) => <Finger key={one.finger} compared={one} />)}</ul>
      </section>
      <p className={classes.small}>{rule}</p>
    </Panel>
  );
}

function Finger({ compared: { finger, score, isMatch, probe, references, reason } }: { compared: ComparedFinger }) {
  return (
    <li>
      <span className={classes.fingerPicture}><Picture imageId={references[0]?.imageId ?? null} alt="" size={56} /></span>
      <span>
        <b>{asSentence(finger)}</b>
        {reason !== null && <span className={classes.fingerReason}>{reason}</span>}
        {probe?.quality && <QualityMark quality={probe.quality} label="Probe" />}
      </span>
      {score !== null && (
        <span className={classes.fingerScore}>
          {scoreWords(score)}
          {isMatch !== null && <span data-outcome={isMatch ? 'match' : 'non-match'}>{outcomeWords(isMatch)}</span>}
        </span>
      )}
    </li>
  );
}
