import { SegmentedControl } from '@mantine/core';
import { rateWords } from '../../words/numbers.ts';
import type { Trial } from '../evaluate/use-trial.ts';
import classes from './explore.module.css';

interface ThresholdChoiceProps {
  trial: Trial;
  thresholds: readonly { readonly target: number; readonly threshold: number | null }[];
  /** Where the threshold can be dragged. */
  hint: string;
}

/** One of the thresholds that are offered, or the one that is being tried. */
export function ThresholdChoice({ trial, thresholds, hint }: ThresholdChoiceProps) {
  const offered = thresholds.flatMap(({ target, threshold }) => (threshold === null ? [] : [{ target, threshold }]));
  const current = offered.find(({ threshold }) => threshold === trial.point.threshold);
  const data = [...(current ? [] : [{ value: 'tried', label: 'tried' }]), ...offered.map(({ target }) => ({ value: String(target), label: `FMR ${rateWords(target)}` }))];
  const choose = (value: string): void => {
    const next = offered.find(({ target }) => String(target) === value);
    if (next) trial.move(next.threshold);
  };
  return (
    <div className={classes.thresholds}>
      <span className={classes.label}>Threshold offered at</span>
      <SegmentedControl fullWidth value={current ? String(current.target) : 'tried'} onChange={choose} data={data} aria-label="Threshold" />
      <span className={classes.hint}>{hint}</span>
    </div>
  );
}
