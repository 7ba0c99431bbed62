import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { SubjectCard } from '../../contract/requests/gallery.ts';
import { useAsk } from '../desk/ask.ts';
import { quantity } from '../words/numbers.ts';
import { Picture } from './picture.tsx';
import classes from './subject-select.module.css';

interface SubjectSelectProps {
  label: string;
  value: string | null;
  onChange: (subjectId: string | null) => void;
}

const SHOWN = 50;

/** One of the enrolled, found by typing a part of the name; the desk searches, so the gallery may be of any size. */
export function SubjectSelect({ label, value, onChange }: SubjectSelectProps) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 150);
  const { data: chosen } = useAsk('subjects.get', { subjectId: value ?? '' }, { enabled: value !== null });
  const isChosenName = chosen?.subject.name === search;
  const { data } = useAsk('subjects.list', { search: isChosenName ? '' : search, limit: SHOWN }, { keepPrevious: true });
  const found = data?.subjects ?? [];
  const subjects = value && chosen && !found.some(({ id }) => id === value) ? [chosen.subject, ...found] : found;
  const byId = new Map(subjects.map((subject) => [subject.id, subject]));
  return (
    <Select
      label={label}
      placeholder="Type a name"
      searchable
      clearable
      data={subjects.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      maxDropdownHeight={340}
      nothingFoundMessage={typed ? `Nobody enrolled is called "${typed}"` : 'Nobody is enrolled yet'}
      renderOption={({ option }) => <SubjectOption subject={byId.get(option.value)} />}
    />
  );
}

function SubjectOption({ subject }: { subject: SubjectCard | undefined }) {
  if (!subject) return null;
  return (
    <span className={classes.option}>
      <span className={classes.portrait}><Picture imageId={subject.portrait} alt="" size={32} /></span>
      <span className={classes.name}>{subject.name}</span>
      <span className={classes.aside}>{quantity(subject.samples, 'sample')}</span>
    </span>
  );
}
