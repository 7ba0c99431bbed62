import { Button } from '@mantine/core';
import { countWords, percentWords, rateWords, scoreWords } from '../../words/numbers.ts';
import classes from './evaluate.module.css';
import type { Measured } from './measured.ts';
import type { Trial } from './use-trial.ts';

interface TrialReadoutProps {
  report: Pick<Measured, 'counts'>;
  trial: Trial;
  /** How the threshold is moved here. */
  hint: string;
}

/** What the threshold under trial would do, in counts. */
export function TrialReadout({ report: { counts }, trial, hint }: TrialReadoutProps) {
  const { threshold, fmr, fnmr } = trial.point;
  return (
    <div className={classes.readout}>
      <div className={classes.readoutHead}><span>At threshold</span><b>{scoreWords(threshold, 3)}</b></div>
      <Count kind="non-mated" words="false matches" count={fmr * counts.nonMated} of={counts.nonMated} rate={`FMR ${rateWords(fmr)}`} />
      <Count kind="mated" words="false non-matches" count={fnmr * counts.mated} of={counts.mated} rate={`FNMR ${percentWords(fnmr, counts.mated)}`} />
      <span className={classes.hint}>{hint}</span>
      <Button size="compact-sm" variant="default" onClick={trial.reset} disabled={!trial.isMoved}>Back</Button>
    </div>
  );
}

interface CountProps { kind: 'mated' | 'non-mated'; words: string; count: number; of: number; rate: string }

function Count({ kind, words, count, of, rate }: CountProps) {
  return (
    <div className={classes.readoutCount} data-kind={kind}>
      <span>{words}</span>
      <b>{countWords(count)}</b>
      <span>of {countWords(of)} {kind}, {rate}</span>
    </div>
  );
}
