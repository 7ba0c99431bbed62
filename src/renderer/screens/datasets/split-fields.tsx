import { NumberInput } from '@mantine/core';
import type { Split } from '../../../contract/requests/datasets.ts';
import classes from './datasets.module.css';

interface SplitFieldsProps { split: Split; onChange: (split: Split) => void }

const shares = ['train', 'validation', 'test'] as const;
const titles = { train: 'Train', validation: 'Validation', test: 'Test' };

export function splitProblem(split: Split): string | null {
  const sum = split.train + split.validation + split.test;
  return Math.abs(sum - 1) < 1e-6 ? null : `The shares sum to ${Math.round(sum * 100)} %; they must sum to 100 %.`;
}

/** Shares of the people, never of the pictures, and the seed that draws them. */
export function SplitFields({ split, onChange }: SplitFieldsProps) {
  const problem = splitProblem(split);
  return (
    <div>
      <div className={classes.splitFields}>
        {shares.map((share) => (
          <NumberInput key={share} label={titles[share]} suffix=" %" min={0} max={100} step={5} decimalScale={1} clampBehavior="strict" value={Math.round(split[share] * 1000) / 10} error={problem !== null} onChange={(value) => onChange({ ...split, [share]: Math.round(Number(value) * 10) / 1000 })} />
        ))}
        <NumberInput label="Seed" min={0} max={0xffffffff} allowDecimal={false} value={split.seed} onChange={(value) => onChange({ ...split, seed: Number(value) })} />
      </div>
      <p className={classes.hint} data-bad={problem !== null || undefined}>{problem ?? 'People are split, not pictures: nobody is in two parts. The same seed makes the same split.'}</p>
    </div>
  );
}
