import { SegmentedControl } from '@mantine/core';
import { rateWords } from '../../words/numbers.ts';
import type { Trial } from '../evaluate/use-trial.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';

/** One of the thresholds that the evaluation offers, or the one that is being tried. */
export function ThresholdChoice({ trial }: { trial: Trial }) {
  const { report } = useExplored();
  const offered = report.thresholds.flatMap(({ target, threshold }) => (threshold === null ? [] : [{ target, threshold }]));
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
      <span className={classes.hint}>Or drag the line under Pairs.</span>
    </div>
  );
}
