import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { FieldControl } from './field-control.tsx';
import type { FormContext } from './form-context.ts';
import classes from './recipe.module.css';
import type { Path } from './recipe-document.ts';
import type { Field } from './schema-fields.ts';
import { filledVariant } from './schema-fields.ts';

interface ListFieldProps {
  field: Extract<Field, { kind: 'list' }>;
  path: Path;
  value: unknown;
  form: FormContext;
}

/** Any number of shapes of one kind, such as regularisers. */
export function ListField({ field, path, value, form }: ListFieldProps) {
  const entries = Array.isArray(value) ? (value as unknown[]) : [];
  const { item } = field;
  const first = item.kind === 'variants' ? item.variants[0] : undefined;
  if (!first) return null;
  return (
    <div className={classes.list}>
      {entries.map((entry, index) => (
        // Entries have no names of their own; their place is what the document knows them by.
        <div key={index} className={classes.entry}>
          <FieldControl field={{ ...item, title: `${field.title} ${index + 1}` }} path={[...path, index]} value={entry} form={form} />
          <Button size="compact-xs" variant="subtle" color="gray" className={classes.take ?? ''} onClick={() => form.set(path, entries.filter((_entry, other) => other !== index))}>Take away</Button>
        </div>
      ))}
      <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => form.set(path, [...entries, filledVariant(first)])}>Add one of the {field.title.toLowerCase()}</Button>
    </div>
  );
}
