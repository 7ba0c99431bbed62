import { Select } from '@mantine/core';
import { titleName } from '../../../../contract/recipe/proper-names.ts';
import { Fields } from './field-control.tsx';
import type { FormContext } from './form-context.ts';
import classes from './recipe.module.css';
import type { Path } from './recipe-document.ts';
import type { Field, Variant } from './schema-fields.ts';
import { filledVariant } from './schema-fields.ts';

interface VariantsFieldProps {
  field: Extract<Field, { kind: 'variants' }>;
  path: Path;
  value: unknown;
  form: FormContext;
}

const NONE = 'none';

/** What it means to choose none. */
const withoutOne: Readonly<Record<string, string>> = { miner: 'By the loss', source: 'None yet' };

/** A shape among several (a loss, a sampler), and the options of the chosen one. */
export function VariantsField({ field, path, value, form }: VariantsFieldProps) {
  const name = (value as { name?: string } | null)?.name ?? null;
  const variant = field.variants.find((one) => one.name === name);
  const data = field.variants.map((one) => ({ value: one.name, label: titleName(one.name) }));
  const choose = (chosen: string | null): void => form.set(path, chosen === NONE || chosen === null ? null : startOf(field.variants, chosen));
  return (
    <>
      <Select
        className={classes.wide ?? ''}
        label={field.title}
        description={variant?.help ?? field.help}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        searchable={field.variants.length > 8}
        allowDeselect={false}
        data={field.isNullable ? [{ value: NONE, label: withoutOne[field.key] ?? 'None' }, ...data] : data}
        value={name ?? (field.isNullable ? NONE : null)}
        onChange={choose}
        error={form.problemAt(path)}
      />
      {variant && <Fields fields={variant.fields} path={path} value={value} form={form} />}
    </>
  );
}

/** Where the schema knows no defaults (losses have presets instead), only the name: the document is completed from it. */
function startOf(variants: readonly Variant[], name: string): Record<string, unknown> {
  const variant = variants.find((one) => one.name === name)!;
  return variant.fields.every((field) => field.default !== null || field.isNullable) ? filledVariant(variant) : { name };
}
