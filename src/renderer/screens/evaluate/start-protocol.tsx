import { Button, Checkbox, SegmentedControl, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { searchesAbsence } from '../../../contract/protocol-absences.ts';
import type { Fusion, ProtocolSource } from '../../../contract/requests/protocols.ts';
import { useTell } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { useJobs } from '../../desk/use-jobs.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FolderField } from '../../widgets/folder-field.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import classes from './evaluate.module.css';
import type { ProtocolDraft } from './protocol-draft.ts';
import { emptyProtocolDraft, protocolOrderOf, protocolSourceOf, usesSets } from './protocol-draft.ts';
import { kindWords } from './protocol-words.ts';

const fusions: { value: Fusion; label: string }[] = [
  { value: 'mean-template', label: 'Mean template' }, { value: 'mean-score', label: 'Mean of scores' }, { value: 'max-score', label: 'Highest score' },
];
const tasks = [{ value: '1', label: 'Task 1' }, { value: '2', label: 'Task 2' }, { value: '3', label: 'Task 3' }];
const sensors = [{ value: 'CL2CL', label: 'CL, CL' }, { value: 'C2CL', label: 'C, CL' }];
const studies: { value: ProtocolDraft['studies'][number]; label: string; description: string }[] = [
  { value: 'identification', label: 'Identification', description: 'the second side of each comparison searched for among the subjects of the first' },
  { value: 'zoo', label: 'Zoo', description: 'who is hard to recognise, and who is taken for others' },
];

interface StartProps { modelId: string | null; /** The field that chooses it. */ model: ReactNode }

/** The frozen comparisons of a protocol, on images in a folder. */
export function StartProtocol({ modelId, model }: StartProps) {
  const [draft, setDraft] = useDraft<ProtocolDraft>('evaluate.new-protocol', emptyProtocolDraft);
  const start = useTell('protocols.run');
  const job = useJobs().find(({ id }) => id === start.data?.jobId);
  const { rule, file } = kindWords[draft.kind];
  const change = (part: Partial<ProtocolDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const source = protocolSourceOf(draft);
  const submit = (): void => {
    if (modelId && typeof source !== 'string') start.mutate({ source, modelId, ...protocolOrderOf(draft) });
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <div className={classes.start}>
        {model}
        <Select label="Protocol" allowDeselect={false} data={Object.entries(kindWords).map(([value, { name }]) => ({ value, label: name }))} value={draft.kind} onChange={(value) => change({ kind: value as ProtocolSource['kind'] })} />
        {draft.kind === 'ridgebase' && <Choice label="Task" data={tasks} value={String(draft.task)} onChange={(value) => change({ task: Number(value) as ProtocolDraft['task'] })} />}
        {draft.kind === 'ridgebase' && <Choice label="Contact (C) or contactless (CL)" data={sensors} value={draft.sensors} onChange={(value) => change({ sensors: value as ProtocolDraft['sensors'] })} />}
        {usesSets(draft) && <Select label="Several images are" allowDeselect={false} data={fusions} value={draft.fusion} onChange={(value) => change({ fusion: value as Fusion })} />}
        <Button type="submit" disabled={!modelId || typeof source === 'string'} loading={start.isPending}>Run the protocol</Button>
      </div>
      <p className={classes.hint}>{rule}</p>
      <div className={classes.paths}>
        <FolderField label="Images" description="the folder that the paths of its images start from" value={draft.images} onChange={(images) => change({ images })} />
        {file && <FolderField label={file.label} description={file.description} placeholder={`/home/me/${draft.kind === 'lfw' ? 'pairs.txt' : draft.kind === 'ridgebase' ? 'sets.json' : 'list.csv'}`} value={draft.file} onChange={(path) => change({ file: path })} />}
        <FolderField label="Metadata (CSV), optional" description="path, and what else is known of the images: groups to compare, numbers to read as a quality" placeholder="/home/me/metadata.csv" value={draft.metadata} onChange={(metadata) => change({ metadata })} />
        <FolderField label="Cohort, optional" description="images of other people, a folder each, for Z-, T- and S-norm; else those of the development split" placeholder="/home/me/other-people" value={draft.cohort} onChange={(cohort) => change({ cohort })} />
      </div>
      <Checkbox.Group className={classes.studies ?? ''} aria-label="Studies" value={protocolOrderOf(draft).plan.studies} onChange={(studies) => change({ studies: studies as ProtocolDraft['studies'] })}>
        {studies.map(({ value, label, description }) => {
          const absent = value === 'identification' ? searchesAbsence(draft) : null;
          return <Checkbox key={value} value={value} label={label} description={absent ?? description} disabled={absent !== null} />;
        })}
      </Checkbox.Group>
      {typeof source === 'string' && (draft.images !== '' || draft.file !== '') && <p className={classes.hint}>{source}</p>}
      <ErrorNote error={start.error} />
      {job?.state === 'failed' && <JobProgress job={job} />}
    </form>
  );
}

function Choice({ label, data, value, onChange }: { label: string; data: { value: string; label: string }[]; value: string; onChange: (value: string) => void }) {
  return (
    <div className={classes.choice}>
      <span className={classes.choiceLabel}>{label}</span>
      <SegmentedControl value={value} onChange={onChange} data={data} aria-label={label} />
    </div>
  );
}
