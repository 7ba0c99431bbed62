import { IconCircleCheckFilled, IconCircleXFilled, IconHelpCircleFilled } from '@tabler/icons-react';
import { outcomeWords } from '../words/decision.ts';
import { scoreWords } from '../words/numbers.ts';
import classes from './outcome.module.css';

/** The decision, large: a sign, a word and the score. */
export function Outcome({ isMatch, score }: { isMatch: boolean | null; score: number }) {
  const Sign = isMatch === null ? IconHelpCircleFilled : isMatch ? IconCircleCheckFilled : IconCircleXFilled;
  return (
    <div className={classes.outcome} data-outcome={isMatch === null ? 'open' : isMatch ? 'match' : 'non-match'}>
      <Sign size={34} />
      <strong className={classes.word}>{outcomeWords(isMatch)}</strong>
      <span className={classes.score}>{scoreWords(score)}</span>
    </div>
  );
}
