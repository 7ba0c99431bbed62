import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { titleName } from '../../../../contract/recipe/proper-names.ts';
import classes from './recipe.module.css';
import type { FormContext } from './form-context.ts';
import type { Path } from './recipe-document.ts';
import type { Field } from './schema-fields.ts';
import { filledFields, rangeWords, sentence } from './schema-fields.ts';
import { ListField } from './list-field.tsx';
import { VariantsField } from './variants-field.tsx';

interface FieldControlProps {
  field: Field;
  path: Path;
  value: unknown;
  form: FormContext;
}

/** One field of a recipe, by its kind. */
export function FieldControl(props: FieldControlProps) {
  const { field, path, value, form } = props;
  switch (field.kind) {
    case 'number': return <NumberField {...props} field={field} />;
    case 'choice': return <ChoiceField {...props} field={field} />;
    case 'switch': return <Switch className={classes.switch ?? ''} label={field.title} description={field.help} checked={value === true} onChange={(event) => form.set(path, event.currentTarget.checked)} error={form.problemAt(path)} />;
    case 'text': return <TextInput className={classes.text ?? ''} label={field.title} description={field.help} inputWrapperOrder={['label', 'input', 'description', 'error']} value={typeof value === 'string' ? value : ''} onChange={(event) => form.set(path, event.currentTarget.value || (field.isNullable ? null : ''))} error={form.problemAt(path)} />;
    case 'group': return <GroupField {...props} field={field} />;
    case 'variants': return <VariantsField {...props} field={field} />;
    case 'list': return <ListField {...props} field={field} />;
  }
}

export function Fields({ fields, path, value, form }: { fields: readonly Field[]; path: Path; value: unknown; form: FormContext }) {
  const record = (value ?? {}) as Record<string, unknown>;
  return fields.map((field) => <FieldControl key={field.key} field={field} path={[...path, field.key]} value={record[field.key]} form={form} />);
}

/** A group that may be left out has a switch. */
function GroupField({ field, path, value, form }: Of<'group'>) {
  const isOn = value !== null && value !== undefined;
  return (
    <>
      {field.isNullable && <Switch className={classes.switch ?? ''} label={field.title} description={field.help} checked={isOn} onChange={(event) => form.set(path, event.currentTarget.checked ? filledFields(field.fields) : null)} error={form.problemAt(path)} />}
      {(isOn || !field.isNullable) && <Fields fields={field.fields} path={path} value={value} form={form} />}
    </>
  );
}

type Of<Kind extends Field['kind']> = Omit<FieldControlProps, 'field'> & { field: Extract<Field, { kind: Kind }> };

function NumberField({ field, path, value, form }: Of<'number'>) {
  const { range, isInteger, word } = field;
  const words = [rangeWords(range), field.default === null ? null : `default ${String(field.default)}`, field.isNullable ? `empty: ${whenEmpty(field.key)}` : null, word ? `or "${word}"` : null].filter(Boolean).join('; ');
  return (
    <NumberInput
      label={field.title}
      description={field.help ? `${field.help}. ${sentence(words)}` : sentence(words)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={typeof value === 'number' ? value : ''}
      placeholder={typeof value === 'string' ? value : field.isNullable ? whenEmpty(field.key) : ''}
      allowDecimal={!isInteger}
      step={isInteger ? 1 : stepFor(value)}
      min={range.low ?? -Infinity}
      max={range.high ?? Infinity}
      clampBehavior="none"
      onChange={(typed) => form.set(path, typed === '' ? (word ?? null) : Number(typed))}
      error={form.problemAt(path)}
    />
  );
}

/** What an empty number means. */
const meaningsOfEmpty: Readonly<Record<string, string>> = { batchesPerEpoch: 'all pictures once', patience: 'never', topK: 'by r' };

const whenEmpty = (key: string): string => meaningsOfEmpty[key] ?? 'none';

/** A tenth of the leading digit, so that arrows move 0.001 as sensibly as 40. */
function stepFor(value: unknown): number {
  if (typeof value !== 'number' || value === 0) return 0.1;
  return Number(`1e${Math.floor(Math.log10(Math.abs(value)))}`) / (Math.abs(value) >= 1 ? 1 : 10) || 0.1;
}

function ChoiceField({ field, path, value, form }: Of<'choice'>) {
  const data = field.options.map((option) => ({ value: String(option), label: typeof option === 'number' ? String(option) : titleName(option) }));
  const choose = (chosen: string | null): void => form.set(path, field.options.find((option) => String(option) === chosen) ?? null);
  return <Select label={field.title} description={field.help} inputWrapperOrder={['label', 'input', 'description', 'error']} data={data} value={value === null || value === undefined ? null : String(value)} onChange={choose} allowDeselect={field.isNullable} error={form.problemAt(path)} />;
}
