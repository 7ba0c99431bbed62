import type { DatasetCard } from '../../../contract/requests/datasets.ts';
import type { Part } from '../../../contract/vocabulary.ts';
import { countWords } from '../../words/numbers.ts';
import classes from './datasets.module.css';

const parts: readonly Part[] = ['train', 'validation', 'test'];

/** The people of a dataset by part, as widths with numbers. */
export function SplitBar({ parts: counts }: { parts: DatasetCard['parts'] }) {
  const total = parts.reduce((sum, part) => sum + counts[part].subjects, 0);
  if (total === 0) return <span className={classes.soft}>not split yet</span>;
  const words = parts.map((part) => `${countWords(counts[part].subjects)} ${part}`).join(', ');
  return (
    <div className={classes.split} role="img" aria-label={`People: ${words}`} title={`People: ${words}`}>
      {parts.map((part) => (
        <span key={part} className={classes.share} data-part={part} style={{ flexGrow: Math.max(counts[part].subjects, total * 0.06) }}>{countWords(counts[part].subjects)}</span>
      ))}
    </div>
  );
}
