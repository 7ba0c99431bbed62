import { Table, Tooltip } from '@mantine/core';
import type { Estimate } from '../../../contract/vocabulary.ts';
import { intervalWords, percentWords } from '../../words/numbers.ts';
import classes from './evaluate.module.css';

/** The head of a column of figures; its words are explained where the pointer rests. */
export function Head({ title, under, tip }: { title: string; under?: string; tip: string }) {
  return <Table.Th ta="right"><Tooltip label={tip}><span className={classes.head}>{title}</span></Tooltip>{under && <div className={classes.interval}>{under}</div>}</Table.Th>;
}

interface FigureProps {
  estimate: Estimate;
  trials: number;
  weakness?: string | null;
  /** Below it, in small words. */
  note?: string | null;
}

/** A share with its interval under it. */
export function Figure({ estimate, trials, weakness = null, note = null }: FigureProps) {
  const words = percentWords(estimate.value, trials);
  return (
    <Table.Td ta="right">
      <span className={classes.figure}>{weakness ? <Tooltip label={weakness}><span className={classes.weak}>{words} *</span></Tooltip> : words}</span>
      <div className={classes.interval}>{intervalWords(estimate, trials) ?? 'no interval'}</div>
      {note && <div className={classes.interval}>{note}</div>}
    </Table.Td>
  );
}
