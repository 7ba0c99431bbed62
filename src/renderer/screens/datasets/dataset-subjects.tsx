import { Modal, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { DatasetCard, DatasetSubject } from '../../../contract/requests/datasets.ts';
import type { Part } from '../../../contract/vocabulary.ts';
import { usePages } from '../../desk/use-pages.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { VirtualGrid } from '../../widgets/virtual-grid.tsx';
import { countWords, quantity } from '../../words/numbers.ts';
import classes from './datasets.module.css';

const CARD_WIDTH = 132;
const cardHeight = (width: number): number => width + 44;
const parts = ['train', 'validation', 'test'] as const;

/** The people of a dataset, by part, with a first picture of each. */
export function DatasetSubjects({ dataset }: { dataset: DatasetCard }) {
  const [part, setPart] = useState<Part | 'all'>('all');
  const [opened, setOpened] = useState<DatasetSubject | null>(null);
  const [visible, setVisible] = useState({ from: 0, to: 60 });
  const onVisible = useCallback((from: number, to: number) => setVisible((before) => (before.from === from && before.to === to ? before : { from, to })), []);
  const rows = usePages('datasets.subjects', { datasetId: dataset.id, part: part === 'all' ? null : part }, visible);
  const choices = [
    { value: 'all', label: `Everyone (${countWords(dataset.subjects)})` },
    ...parts.map((one) => ({ value: one, label: `${one[0]!.toUpperCase()}${one.slice(1)} (${countWords(dataset.parts[one].subjects)})` })),
  ];
  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl size="xs" value={part} onChange={(value) => setPart(value as Part | 'all')} data={choices} aria-label="Part" />
      </div>
      <ErrorNote error={rows.error} />
      <VirtualGrid key={part} label="People of the dataset" count={rows.total ?? 0} cellWidth={CARD_WIDTH} rowHeight={cardHeight} gap={12} onVisible={onVisible} renderCell={(index) => <SubjectCard subject={rows.row(index)} onOpen={setOpened} />} />
      <Modal opened={opened !== null} onClose={() => setOpened(null)} title={opened ? `${opened.name}, ${opened.part}` : ''} size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
        <div className={classes.pictures}>
          {opened?.images.map((image) => <figure key={image.imageId}><Picture imageId={image.imageId} alt="" size={150} /><figcaption title={image.path}>{image.path.split(/[\\/]/).at(-1)}</figcaption></figure>)}
        </div>
      </Modal>
    </>
  );
}

function SubjectCard({ subject, onOpen }: { subject: DatasetSubject | undefined; onOpen: (subject: DatasetSubject) => void }) {
  if (!subject) return <div className={classes.blank} />;
  return (
    <UnstyledButton className={classes.card ?? ''} onClick={() => onOpen(subject)}>
      <span className={classes.face}><Picture imageId={subject.images[0]?.imageId ?? null} alt="" size={140} /></span>
      <span className={classes.cardName}>{subject.name}</span>
      <span className={classes.cardSmall}>{subject.part}, {quantity(subject.images.length, 'picture')}</span>
    </UnstyledButton>
  );
}
