import { Button, Group, Select, TextInput } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import type { DatasetLayout, Split } from '../../../contract/requests/datasets.ts';
import type { Modality } from '../../../contract/vocabulary.ts';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FolderField } from '../../widgets/folder-field.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import classes from './datasets.module.css';
import { nameFromPath } from './name-from-path.ts';
import { SplitFields, splitProblem } from './split-fields.tsx';

const layouts = [
  { value: 'auto', label: 'Look at the folder and decide' },
  { value: 'folders', label: 'A folder per person' },
  { value: 'orl', label: 'AT&T (ORL): s1/1.pgm' },
  { value: 'csv', label: 'CSV file: path, subject, more columns' },
];

const emptyDraft = {
  path: '', name: '', layout: 'auto' as DatasetLayout, modality: 'face' as Modality,
  split: { seed: 1, train: 0.6, validation: 0.15, test: 0.25 } as Split,
};

export function AddDatasetScreen() {
  const [, navigate] = useLocation();
  const [draft, setDraft] = useDraft('datasets.new', emptyDraft);
  const add = useTell('datasets.add');
  const name = draft.name.trim() || nameFromPath(draft.path);
  const isReady = draft.path.trim() !== '' && name !== '' && splitProblem(draft.split) === null;
  const submit = (): void => {
    add.mutate({ ...draft, name, path: draft.path.trim() }, {
      onSuccess: ({ datasetId }) => {
        setDraft(emptyDraft);
        askAgain('datasets');
        navigate(`/datasets/of/${datasetId}`);
      },
    });
  };
  return (
    <Page title="Add a dataset" purpose="The files stay where they are and are only read. What is wrong with some of them is reported and does not stop the rest.">
      <form className={classes.form} onSubmit={(event) => { event.preventDefault(); if (isReady) submit(); }}>
        <Panel title="Where it is">
          <div className={classes.fields}>
            <FolderField label="Folder or CSV file" value={draft.path} onChange={(path) => setDraft((before) => ({ ...before, path }))} />
            <Select label="Layout" data={layouts} value={draft.layout} allowDeselect={false} onChange={(layout) => setDraft((before) => ({ ...before, layout: layout as DatasetLayout }))} />
          </div>
        </Panel>
        <Panel title="What it is">
          <div className={classes.fields}>
            <TextInput label="Name" placeholder={nameFromPath(draft.path)} maxLength={120} value={draft.name} onChange={(event) => { const { value } = event.currentTarget; setDraft((before) => ({ ...before, name: value })); }} />
            <Select label="Pictures of" data={[{ value: 'face', label: 'Faces' }, { value: 'finger', label: 'Fingers, contactless' }]} value={draft.modality} allowDeselect={false} onChange={(modality) => setDraft((before) => ({ ...before, modality: modality as Modality }))} />
          </div>
        </Panel>
        <Panel title="Split">
          <SplitFields split={draft.split} onChange={(split) => setDraft((before) => ({ ...before, split }))} />
        </Panel>
        <ErrorNote error={add.error} />
        <Group gap="xs">
          <Button type="submit" size="md" disabled={!isReady} loading={add.isPending}>Add the dataset</Button>
          <Button component={Link} href="/datasets" size="md" variant="default">Cancel</Button>
        </Group>
      </form>
    </Page>
  );
}
