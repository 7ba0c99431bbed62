import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { RecipeCheck } from './use-recipe-check.ts';
import { spacedWords, wordsOfKey } from './schema-fields.ts';
import classes from './recipe-problems.module.css';

/** "sampler.samplesPerClass" reads "Sampler, samples per class", "regularizers.0" reads "Regularisers 1". */
function placeWords(path: string): string {
  const [first = '', ...rest] = path.split('.');
  return rest.reduce((words, key) => (/^\d+$/.test(key) ? `${words} ${Number(key) + 1}` : `${words}, ${spacedWords(key)}`), wordsOfKey(first));
}

/** Errors stop the start; warnings are advice. */
export function RecipeProblems({ check, isCurrent }: { check: RecipeCheck | undefined; isCurrent: boolean }) {
  if (!check) return null;
  if (check.problems.length === 0) return <p className={classes.good} data-old={!isCurrent || undefined}><IconCircleCheck size={16} /> Nothing speaks against it.</p>;
  return (
    <ul className={classes.problems} data-old={!isCurrent || undefined} role="status">
      {check.problems.map(({ path, message, severity }) => (
        <li key={`${path} ${message}`} data-severity={severity}>
          {severity === 'error' ? <IconCircleX size={16} /> : <IconAlertTriangle size={16} />}
          <span>{path && <b>{placeWords(path)}: </b>}{message}</span>
        </li>
      ))}
    </ul>
  );
}
