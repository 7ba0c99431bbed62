import { Button, Group } from '@mantine/core';
import type { RunCard } from '../../../contract/requests/runs.ts';
import { saveFile } from '../../desk/save-file.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { wordsOfKey } from './recipe/schema-fields.ts';
import { recipeLines } from './recipe-lines.ts';
import classes from './train.module.css';

/** The recipe of a run, to read and to take away. */
export function RunRecipe({ run }: { run: RunCard }) {
  const text = JSON.stringify(run.recipe, null, 2);
  return (
    <Panel title="Recipe" actions={<Group gap={4}><CopyButton text={text} label="Copy as JSON" /><Button size="compact-xs" variant="subtle" color="gray" onClick={() => saveFile(`${run.name}.recipe.json`, new Blob([`${text}\n`], { type: 'application/json' }))}>Save as a file</Button></Group>}>
      <dl className={classes.recipeLines}>
        {recipeLines(run.recipe).map(([key, words]) => <div key={key}><dt>{wordsOfKey(key)}</dt><dd>{words}</dd></div>)}
      </dl>
    </Panel>
  );
}
