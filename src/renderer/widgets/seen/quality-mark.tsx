import type { SampleQuality } from '../../../contract/requests/inspections.ts';
import { asSentence, level } from './quality-words.ts';
import classes from './seen.module.css';

/** Quality as a number and, below it, what is wrong in words. */
export function QualityMark({ quality, label }: { quality: SampleQuality; label?: string }) {
  return (
    <span className={classes.quality} data-level={level(quality.score)}>
      <span className={classes.score}>
        <span className={classes.dot} aria-hidden="true" />
        {label ? `${label}, quality` : 'Quality'} <b>{Math.round(quality.score)}</b>
      </span>
      {quality.reasons.map((reason) => <span key={reason} className={classes.reason}>{asSentence(reason)}</span>)}
    </span>
  );
}
