import { PasswordInput } from '@mantine/core';
import { shortestPassphrase } from '../../contract/requests/protection.ts';

/** A new passphrase as it is typed, twice. */
export interface NewPassphrase {
  next: string;
  again: string;
}

export const nothingTyped: NewPassphrase = { next: '', again: '' };

export const isUsable = ({ next, again }: NewPassphrase): boolean => next.length >= shortestPassphrase && next === again;

interface NewPassphraseFieldsProps {
  value: NewPassphrase;
  onChange: (value: NewPassphrase) => void;
  label?: string;
  maxWidth?: number;
  hasFocus?: boolean;
}

export function NewPassphraseFields({ value, onChange, label = 'New passphrase', maxWidth, hasFocus = false }: NewPassphraseFieldsProps) {
  const { next, again } = value;
  const width = maxWidth === undefined ? {} : { maw: maxWidth };
  return (
    <>
      <PasswordInput mt="sm" {...width} label={label} description={`At least ${shortestPassphrase} characters; some words in a row are good.`} value={next} onChange={(event) => { onChange({ next: event.currentTarget.value, again }); }} autoComplete="new-password" data-autofocus={hasFocus || undefined} />
      <PasswordInput mt="sm" {...width} label="Once more" value={again} onChange={(event) => { onChange({ next, again: event.currentTarget.value }); }} error={again !== '' && again !== next ? 'The two are not the same yet' : null} autoComplete="new-password" />
    </>
  );
}
