import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue, useLocalStorage } from '@mantine/hooks';
import { IconPhotoPlus, IconSearch, IconUsers } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link } from 'wouter';
import { usePages } from '../../desk/use-pages.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Page } from '../../widgets/page.tsx';
import { VirtualGrid } from '../../widgets/virtual-grid.tsx';
import { quantity } from '../../words/numbers.ts';
import { SubjectCell, SubjectRow } from './subject-cell.tsx';
import classes from './gallery.module.css';

const CARD_WIDTH = 132;
const cardHeight = (width: number): number => width + 46;
const rowHeight = (): number => 56;

export function GalleryScreen() {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 150);
  const [form, setForm] = useLocalStorage({ key: 'gallery.form', defaultValue: 'grid' });
  const [visible, setVisible] = useState({ from: 0, to: 60 });
  const onVisible = useCallback((from: number, to: number) => setVisible((before) => (before.from === from && before.to === to ? before : { from, to })), []);
  const rows = usePages('subjects.list', { search }, visible);
  const isEmpty = rows.total === 0 && search === '';
  const Cell = form === 'list' ? SubjectRow : SubjectCell;
  return (
    <Page isFilled actions={<Button component={Link} href="/enrol" leftSection={<IconPhotoPlus size={16} />}>Enrol a person</Button>}>
      <ErrorNote error={rows.error} />
      {isEmpty ? <NobodyYet /> : (
        <>
          <div className={classes.tools}>
            <TextInput type="search" className={classes.search ?? ''} placeholder="Search names" aria-label="Search names" leftSection={<IconSearch size={16} />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
            <SegmentedControl size="xs" value={form} onChange={setForm} data={[{ value: 'grid', label: 'Portraits' }, { value: 'list', label: 'List' }]} aria-label="Form" />
            <span className={classes.count}>{rows.total === null ? '' : quantity(rows.total, 'person', 'people')}</span>
          </div>
          {rows.total === 0 && <EmptyState icon={IconSearch} title="Nobody found" words={`No enrolled person's name contains "${search}".`} />}
          {rows.total !== null && rows.total > 0 && (
            <VirtualGrid
              key={form}
              label="Enrolled people"
              count={rows.total}
              cellWidth={form === 'list' ? Infinity : CARD_WIDTH}
              rowHeight={form === 'list' ? rowHeight : cardHeight}
              gap={form === 'list' ? 0 : 14}
              onVisible={onVisible}
              renderCell={(index) => <Cell subject={rows.row(index)} />}
            />
          )}
        </>
      )}
    </Page>
  );
}

function NobodyYet() {
  return (
    <EmptyState icon={IconUsers} title="Nobody is enrolled yet" words="The gallery holds the people that Likeness can recognise: their samples, and templates that a model made of them.">
      <Button component={Link} href="/enrol">Enrol the first person</Button>
      <Button component={Link} href="/enrol" variant="default">Enrol a folder of people</Button>
    </EmptyState>
  );
}
