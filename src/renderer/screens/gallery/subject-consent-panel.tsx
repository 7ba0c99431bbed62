import { Button, Group, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { RequestOutput } from '../../../contract/requests.ts';
import { useTell } from '../../desk/ask.ts';
import { useMay } from '../../desk/use-session.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FactList } from '../../widgets/fact-list.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { instantWords } from '../../words/time.ts';
import classes from './gallery.module.css';

type Held = Pick<RequestOutput<'subjects.get'>, 'consent' | 'expiresAt'>;

/** What the person agreed to, until when the data are kept, and all of them for whoever asks. */
export function SubjectConsentPanel({ subjectId, held: { consent, expiresAt } }: { subjectId: string; held: Held }) {
  const [scope, setScope] = useState(consent?.scope ?? '');
  const [until, setUntil] = useState(consent?.expiresAt ? new Date(consent.expiresAt).toISOString().slice(0, 10) : '');
  const may = useMay();
  const record = useTell('consent.record');
  const write = useTell('subjects.export');
  const tell = (given: { scope: string; expiresAt: number | null } | null): void => {
    record.mutate({ subjectId, consent: given }, { onSuccess: () => { askAgain('subjects'); } });
  };
  return (
    <Panel title="Consent and retention" actions={may('subjects.export') && <Button size="xs" variant="default" leftSection={<IconDownload size={15} />} loading={write.isPending} onClick={() => { write.mutate({ subjectId }); }}>Export all that is held</Button>}>
      <FactList facts={[
        ['Consent', consent === null ? 'none recorded' : `${consent.scope} (text ${consent.textVersion}, given ${instantWords(consent.givenAt)})`],
        ['Kept until', expiresAt === null ? 'somebody deletes the person' : `${instantWords(expiresAt)}; then everything is deleted by itself`],
      ]} />
      <form onSubmit={(event) => { event.preventDefault(); tell({ scope: scope.trim(), expiresAt: until === '' ? null : new Date(`${until}T23:59:59`).getTime() }); }}>
        <Group align="flex-end" gap="xs" mt="md">
          <TextInput label="Agreed to" placeholder="Access to building 3" value={scope} onChange={(event) => { setScope(event.currentTarget.value); }} maxLength={300} />
          <TextInput type="date" label="Until" value={until} onChange={(event) => { setUntil(event.currentTarget.value); }} />
          <Button type="submit" variant="default" disabled={scope.trim() === ''} loading={record.isPending}>Record consent</Button>
          {consent !== null && <Button variant="subtle" color="gray" onClick={() => { tell(null); }}>It was withdrawn</Button>}
        </Group>
      </form>
      <ErrorNote error={record.error ?? write.error} />
      {write.data && <p className={classes.small} role="status">{write.data.files.length} files in <code>{write.data.folder}</code></p>}
    </Panel>
  );
}
