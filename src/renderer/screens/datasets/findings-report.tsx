import { SegmentedControl, TextInput } from '@mantine/core';
import { IconMoodSmile, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { DatasetFindings } from '../../../contract/requests/datasets.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { VirtualGrid } from '../../widgets/virtual-grid.tsx';
import { countWords, quantity } from '../../words/numbers.ts';
import classes from './datasets.module.css';
import { findingKinds, matchingRows, notLookedFor } from './findings.ts';

const rowHeight = (): number => 34;
const ignore = (): void => undefined;

/** What was wrong with the files: by kind, searchable, of any length. */
export function FindingsReport({ findings }: { findings: DatasetFindings }) {
  const kinds = findingKinds(findings);
  const [key, setKey] = useState(kinds[0]?.key ?? '');
  const [typed, setTyped] = useState('');
  const kind = kinds.find((one) => one.key === key) ?? kinds[0];
  const unasked = notLookedFor(findings);
  if (!kind) return <EmptyState icon={IconMoodSmile} title="Nothing to report" words={`Every picture could be read, none is there twice, and everyone has at least two. ${unasked ?? ''}`} />;
  const rows = matchingRows(kind.rows, typed);
  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl size="xs" value={kind.key} onChange={setKey} data={kinds.map((one) => ({ value: one.key, label: `${one.title} (${countWords(one.rows.length)})` }))} aria-label="Kind of finding" />
        <TextInput type="search" size="xs" className={classes.search ?? ''} placeholder="Filter" aria-label="Filter the findings" leftSection={<IconSearch size={14} />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        {typed && <span className={classes.soft}>{quantity(rows.length, 'finding')}</span>}
      </div>
      <p className={classes.hint}>{kind.meaning}</p>
      {unasked && <p className={classes.hint}>{unasked}</p>}
      <VirtualGrid key={kind.key} label={kind.title} count={rows.length} cellWidth={Infinity} rowHeight={rowHeight} gap={0} onVisible={ignore} renderCell={(index) => (
        <div className={classes.finding}><span title={rows[index]?.subject}>{rows[index]?.subject}</span><span title={rows[index]?.words}>{rows[index]?.words}</span></div>
      )} />
    </>
  );
}
