import { Autocomplete, Badge, Button, Popover } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExploredSample } from '../../../contract/requests/explore.ts';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';

/** Says that a label is wrong, and what it should be; or takes that back. The dataset's files are not touched. */
export function LabelControl({ sample }: { sample: ExploredSample }) {
  const { report, marks } = useExplored();
  const [isOpen, setOpen] = useState(false);
  const unmark = useTell('labels.unmark');
  const mark = marks.get(sample.path);
  if (sample.imageId === null) return null;
  if (mark) {
    return (
      <span className={classes.marked}>
        <Badge color="yellow" variant="light" tt="none" className={classes.mark ?? ''}>{mark.subject === null ? 'to be left out' : `is ${mark.subject}`}</Badge>
        <Button size="compact-xs" variant="subtle" color="gray" loading={unmark.isPending} onClick={() => unmark.mutate({ datasetId: report.datasetId, path: sample.path }, { onSuccess: () => askAgain('datasets') })}>Undo</Button>
      </span>
    );
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} width={280} position="bottom" withArrow trapFocus shadow="md">
      <Popover.Target><Button size="compact-sm" variant="default" leftSection={<IconTag size={14} />} onClick={() => setOpen((before) => !before)}>Label is wrong…</Button></Popover.Target>
      <Popover.Dropdown><LabelForm imageId={sample.imageId} labelled={sample.subject} onDone={() => setOpen(false)} /></Popover.Dropdown>
    </Popover>
  );
}

function LabelForm({ imageId, labelled, onDone }: { imageId: string; labelled: string; onDone: () => void }) {
  const { samples } = useExplored();
  const [subject, setSubject] = useState('');
  const mark = useTell('labels.mark');
  const others = [...new Set(samples.map((sample) => sample.subject))].filter((name) => name !== labelled);
  const say = (to: string | null): void => mark.mutate({ imageId, subject: to }, {
    onSuccess: () => {
      askAgain('datasets');
      onDone();
    },
  });
  // The names open upwards, and when one is typed: below they would lie over the buttons.
  return (
    <form className={classes.labelForm} onSubmit={(event) => { event.preventDefault(); if (subject.trim()) say(subject.trim()); }}>
      <Autocomplete label="Whose sample is it?" placeholder="Type or choose a name" data={others} limit={20} value={subject} onChange={setSubject} data-autofocus openOnFocus={false} comboboxProps={{ withinPortal: false, position: 'top-start' }} />
      <div className={classes.labelActions}>
        <Button type="submit" size="compact-sm" disabled={!subject.trim()} loading={mark.isPending}>Mark as theirs</Button>
        <Button size="compact-sm" variant="default" loading={mark.isPending} onClick={() => say(null)}>Leave it out</Button>
      </div>
      <ErrorNote error={mark.error} />
    </form>
  );
}
