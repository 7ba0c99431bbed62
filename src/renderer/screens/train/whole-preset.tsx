import { Select } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../desk/ask.ts';
import type { RecipeDocument } from './recipe/recipe-document.ts';
import classes from './train.module.css';

/** A whole recipe to begin with, with where it comes from. */
export function WholePreset({ onChoose }: { onChoose: (document: RecipeDocument) => void }) {
  const { data: presets } = useAsk('recipes.presets', {});
  const [id, setId] = useState<string | null>(null);
  const chosen = presets?.find((preset) => preset.id === id);
  const choose = (next: string | null): void => {
    setId(next);
    const preset = presets?.find((one) => one.id === next);
    if (preset) onChoose(preset.recipe);
  };
  if (!presets || presets.length === 0) return null;
  return (
    <div>
      <Select label="Begin with" placeholder="Choose a recipe" data={presets.map(({ id: value, title }) => ({ value, label: title }))} value={id} onChange={choose} allowDeselect={false} />
      {chosen?.citation && <p className={classes.hint}>{chosen.citation}</p>}
    </div>
  );
}
