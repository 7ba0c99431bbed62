import { Select } from '@mantine/core';
import { Panel } from '../../../widgets/panel.tsx';
import { FieldControl } from './field-control.tsx';
import type { FormContext } from './form-context.ts';
import classes from './recipe.module.css';
import type { RecipeDocument } from './recipe-document.ts';
import { lossPresets, presetInUse, recipeFields } from './recipe-document.ts';
import { namedKeys, recipeSections } from './sections.ts';

/** The whole recipe as a form that follows the schema. */
export function RecipeForm({ document, form }: { document: RecipeDocument; form: FormContext }) {
  const newKeys = [...recipeFields.keys()].filter((key) => !namedKeys.has(key));
  const sections = newKeys.length > 0 ? [...recipeSections, { title: 'More', aside: '', keys: newKeys }] : recipeSections;
  return sections.map((section) => (
    <Panel key={section.title} title={section.title} aside={section.aside}>
      <div className={classes.fields}>
        {section.keys.flatMap((key) => {
          const field = recipeFields.get(key);
          if (!field) return [];
          const control = <FieldControl key={key} field={field} path={[key]} value={document[key]} form={form} />;
          return key === 'loss' ? [<LossPresetSelect key="preset" document={document} form={form} />, control] : [control];
        })}
      </div>
    </Panel>
  ));
}

const OWN = 'own';

/** The published settings of the chosen loss, each with its citation. */
function LossPresetSelect({ document, form }: { document: RecipeDocument; form: FormContext }) {
  const loss = (document['loss'] ?? {}) as Record<string, unknown>;
  const presets = lossPresets(String(loss['name']));
  const inUse = presetInUse(loss);
  return (
    <Select
      className={classes.preset ?? ''}
      label="Published setting"
      allowDeselect={false}
      data={[...presets.map(({ key, citation }) => ({ value: key, label: citation })), { value: OWN, label: 'Own setting', disabled: true }]}
      value={inUse?.key ?? OWN}
      onChange={(key) => {
        const preset = presets.find((one) => one.key === key);
        if (preset) form.set(['loss'], { name: loss['name'], ...preset.options });
      }}
    />
  );
}
