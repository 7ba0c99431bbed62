import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { saveFile } from '../../../desk/save-file.ts';
import { CopyButton } from '../../../widgets/copy-button.tsx';
import { Panel } from '../../../widgets/panel.tsx';
import type { RecipeDocument } from './recipe-document.ts';
import { readRecipe } from './recipe-document.ts';

/** The recipe as the document that is kept with the run: to copy, keep, or paste one from elsewhere. */
export function RecipeJson({ document, onChange }: { document: RecipeDocument; onChange: (document: RecipeDocument) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = JSON.stringify(document, null, 2);
  const read = typed === null ? null : readRecipe(typed);
  const take = (): void => {
    if (!read?.ok) return;
    onChange(read.document);
    setTyped(null);
  };
  return (
    <Panel title="As JSON" actions={<CopyButton text={text} />}>
      <Textarea aria-label="The recipe as JSON" value={typed ?? text} onChange={(event) => setTyped(event.currentTarget.value)} autosize minRows={4} maxRows={14} spellCheck={false} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }} error={read && !read.ok ? read.message : null} />
      <Group gap={6} mt={8}>
        {typed !== null && <Button size="compact-sm" disabled={!read?.ok} onClick={take}>Take this text</Button>}
        {typed !== null && <Button size="compact-sm" variant="default" onClick={() => setTyped(null)}>Back</Button>}
        <Button size="compact-sm" variant="default" onClick={() => saveFile(`${String(document['name'] ?? 'recipe')}.recipe.json`, new Blob([`${text}\n`], { type: 'application/json' }))}>Save as a file</Button>
      </Group>
    </Panel>
  );
}
