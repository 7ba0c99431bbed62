import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { IconPhotoPlus, IconTrash, IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { RequestOutput } from '../../../contract/requests.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { useMay } from '../../desk/use-session.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { quantity } from '../../words/numbers.ts';
import { instantWords } from '../../words/time.ts';
import { DeleteSubjectModal } from './delete-subject-modal.tsx';
import { SubjectConsentPanel } from './subject-consent-panel.tsx';
import type { Deleted } from './deletion-receipt-panel.tsx';
import { DeletionReceiptPanel } from './deletion-receipt-panel.tsx';
import { RenameButton } from '../../widgets/rename-button.tsx';
import classes from './gallery.module.css';

/** One enrolled person: their samples, and everything that can be done with them. */
export function SubjectScreen({ subjectId }: { subjectId: string }) {
  const [receipt, setReceipt] = useState<{ name: string; deleted: Deleted } | null>(null);
  const { data, error } = useAsk('subjects.get', { subjectId }, { enabled: receipt === null });
  if (receipt) return <Page title={receipt.name} purpose="This person has been deleted."><DeletionReceiptPanel {...receipt} /></Page>;
  if (error) return <Page><ErrorNote error={error}><Button component={Link} href="/gallery" size="compact-xs" variant="default">To the gallery</Button></ErrorNote></Page>;
  if (!data) return <Page title="…"><span /></Page>;
  return <Subject answer={data} onDeleted={(deleted) => setReceipt({ name: data.subject.name, deleted })} />;
}

interface SubjectProps { answer: RequestOutput<'subjects.get'>; onDeleted: (deleted: Deleted) => void }

function Subject({ answer: { subject, samples, ...held }, onDeleted }: SubjectProps) {
  const may = useMay();
  const rename = useTell('subjects.rename');
  const [isDeleting, setDeleting] = useState(false);
  const [, setExisting] = useDraft<string | null>('enrol.existing', null);
  const [, setWho] = useDraft('enrol.who', 'new');
  const addSamples = (): void => {
    setExisting(subject.id);
    setWho('existing');
  };
  return (
    <Page
      title={subject.name}
      purpose={`Enrolled ${instantWords(subject.createdAt)}. ${subject.note}`}
      actions={
        <>
          <Button component={Link} href={`/verify/${subject.id}`} leftSection={<IconUserCheck size={16} />}>Verify</Button>
          <Button component={Link} href="/enrol" variant="default" leftSection={<IconPhotoPlus size={16} />} onClick={addSamples}>Add samples</Button>
          {may('subjects.rename') && <RenameButton name={subject.name} error={rename.error} onRename={(name) => rename.mutateAsync({ subjectId: subject.id, name }).then(() => askAgain('subjects'))} />}
          {may('subjects.delete') && <Button variant="default" c="var(--bad)" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>Delete…</Button>}
        </>
      }
    >
      <Panel title={quantity(samples.length, 'sample')} aside={`${quantity(subject.templates, 'template')} of the model in use`}>
        <div className={classes.samples}>
          {samples.map((sample) => <Sample key={sample.id} sample={sample} isLast={samples.length === 1} />)}
        </div>
      </Panel>
      <SubjectConsentPanel key={held.consent?.givenAt ?? 'none'} subjectId={subject.id} held={held} />
      <DeleteSubjectModal subject={subject} isOpen={isDeleting} onClose={() => setDeleting(false)} onDeleted={onDeleted} />
    </Page>
  );
}

function Sample({ sample, isLast }: { sample: RequestOutput<'subjects.get'>['samples'][number]; isLast: boolean }) {
  const may = useMay();
  const remove = useTell('samples.delete');
  const words = isLast ? 'The last sample goes with the person: delete the person instead' : `Delete the sample ${sample.fileName}`;
  return (
    <div className={classes.sample}>
      <div className={classes.face}><Picture imageId={sample.imageId} alt={`Sample ${sample.fileName}`} size={220} /></div>
      {may('samples.delete') && <Tooltip label={words}>
        <ActionIcon className={classes.remove ?? ''} variant="default" size="sm" aria-label={words} disabled={isLast} loading={remove.isPending} onClick={() => remove.mutate({ sampleId: sample.id }, { onSuccess: () => askAgain('subjects') })}>
          <IconTrash size={14} />
        </ActionIcon>
      </Tooltip>}
      <Group justify="space-between" gap={4} wrap="nowrap" className={classes.small ?? ''} mt={5}>
        <span>{sample.fileName}</span>
        <span>{sample.width} × {sample.height}</span>
      </Group>
      {sample.finger && <div className={classes.small}>{sample.finger}</div>}
      {sample.quality && <div className={classes.small}>{qualityWords(sample.quality)}</div>}
      {!sample.hasTemplate && <div className={classes.small}>no template of this model yet</div>}
      <ErrorNote error={remove.error} />
    </div>
  );
}

function qualityWords({ score, reasons }: NonNullable<RequestOutput<'subjects.get'>['samples'][number]['quality']>): string {
  return `quality ${score} of 100${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`;
}
