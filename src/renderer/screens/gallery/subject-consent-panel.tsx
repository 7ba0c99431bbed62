import { Button, Group, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Consent } from '../../../contract/requests/consent.ts';
import { RequestError } from '../../../contract/request-error.ts';
import type { RequestOutput } from '../../../contract/requests.ts';
import { useTell } from '../../desk/ask.ts';
import { useMay } from '../../desk/use-session.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ConfirmModal } from '../../widgets/confirm-modal.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FactList } from '../../widgets/fact-list.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { instantWords } from '../../words/time.ts';
import classes from './gallery.module.css';

type HeldNow = Pick<RequestOutput<'subjects.get'>, 'consent' | 'expiresAt' | 'formerly'>;

/** What the person agreed to and had agreed to before, until when the data are kept, and all of them for whoever asks. */
export function SubjectConsentPanel({ subjectId, held: { consent, expiresAt, formerly } }: { subjectId: string; held: HeldNow }) {
  const [scope, setScope] = useState(consent?.scope ?? '');
  const [until, setUntil] = useState(consent?.expiresAt ? new Date(consent.expiresAt).toISOString().slice(0, 10) : '');
  const [otherDay, setOtherDay] = useState<string | null>(null);
  const may = useMay();
  const record = useTell('consent.record');
  const write = useTell('subjects.export');
  const tell = (given: { scope: string; expiresAt: number | null } | null, replaces = false): void => {
    record.mutate({ subjectId, consent: given, replaces }, {
      onSuccess: () => { askAgain('subjects'); },
      onError: (error) => { if (isOtherDay(error)) setOtherDay(error.message); },
    });
  };
  const written = { scope: scope.trim(), expiresAt: until === '' ? null : new Date(`${until}T23:59:59`).getTime() };
  return (
    <Panel title="Consent and retention" actions={may('subjects.export') && <Button size="xs" variant="default" leftSection={<IconDownload size={15} />} loading={write.isPending} onClick={() => { write.mutate({ subjectId }); }}>Export all that is held</Button>}>
      <FactList facts={[
        ['Consent', consentWords(consent)],
        ['Kept until', expiresAt === null ? 'somebody deletes the person' : `${instantWords(expiresAt)}; then everything is deleted by itself`],
        ...formerly.toReversed().map((former): [string, string] => [
          `Before ${instantWords(former.replacedAt)}`, `${consentWords(former.consent)}; to be kept until ${former.expiresAt === null ? 'somebody deletes the person' : instantWords(former.expiresAt)}`,
        ]),
      ]} />
      <form onSubmit={(event) => { event.preventDefault(); tell(written); }}>
        <Group align="flex-end" gap="xs" mt="md">
          <TextInput label="Agreed to" placeholder="Access to building 3" value={scope} onChange={(event) => { setScope(event.currentTarget.value); }} maxLength={300} />
          <TextInput type="date" label="Until" value={until} onChange={(event) => { setUntil(event.currentTarget.value); }} />
          <Button type="submit" variant="default" disabled={scope.trim() === ''} loading={record.isPending}>Record consent</Button>
          {consent !== null && <Button variant="subtle" color="gray" onClick={() => { tell(null); }}>It was withdrawn</Button>}
        </Group>
      </form>
      <ConfirmModal isOpen={otherDay !== null} onClose={() => { setOtherDay(null); }} onConfirm={() => { tell(written, true); }} title="Kept for another time than before" action="Record it all the same">
        <p className={classes.question}>{otherDay}</p>
      </ConfirmModal>
      <ErrorNote error={isOtherDay(record.error) ? null : (record.error ?? write.error)} />
      {write.data && <p className={classes.small} role="status">{write.data.files.length} files in <code>{write.data.folder}</code></p>}
    </Panel>
  );
}

/** What is answered where the data would go on another day than before. */
function isOtherDay(error: Error | null): error is RequestError {
  return error instanceof RequestError && error.code === 'conflict';
}

function consentWords(consent: Consent | null): string {
  return consent === null ? 'none recorded' : `${consent.scope} (text ${consent.textVersion}, given ${instantWords(consent.givenAt)})`;
}
