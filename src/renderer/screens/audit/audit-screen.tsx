import { Button, Group, NativeSelect, Pagination, Table } from '@mantine/core';
import { IconDownload, IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AuditLine } from '../../../contract/requests/audit.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { quantity } from '../../words/numbers.ts';
import { instantWords } from '../../words/time.ts';
import { detailWords } from './detail-words.ts';
import { VerdictPanel } from './verdict-panel.tsx';
import classes from './audit.module.css';

const pageLength = 50;

/** What was done with people's data, and whether nothing of the log was touched. */
export function AuditScreen() {
  const [action, setAction] = useState<string | null>(null);
  const [page, setPage] = useState(1);
  const { data, error } = useAsk('audit.list', { action, offset: (page - 1) * pageLength, limit: pageLength }, { keepPrevious: true });
  const write = useTell('audit.export');
  const choices = [{ value: '', label: 'Everything' }, ...(data?.actions ?? []).map((one) => ({ value: one, label: actionWords(one) }))];
  return (
    <Page actions={<Button variant="default" leftSection={<IconDownload size={16} />} loading={write.isPending} onClick={() => { write.mutate({}); }}>Export</Button>}>
      <ErrorNote error={error ?? write.error} />
      {write.data && <p className={classes.words} role="status">{quantity(write.data.lines, 'line')} written to <code>{write.data.file}</code></p>}
      <VerdictPanel />
      {data && data.total === 0 && action === null
        ? <EmptyState icon={IconListCheck} title="Nothing was done yet" words="Every enrolment, comparison, search, export, deletion and change of settings leaves a line here."><Button component={Link} href="/enrol">Enrol somebody</Button></EmptyState>
        : (
          <Panel
            title="Log" aside={data && quantity(data.total, 'line')} isFlush
            actions={<NativeSelect size="xs" aria-label="Show" data={choices} value={action ?? ''} onChange={(event) => { setAction(event.currentTarget.value || null); setPage(1); }} />}
          >
            <Lines lines={data?.lines ?? []} />
            {data && data.total > pageLength && (
              <Group justify="center" py="sm"><Pagination size="sm" total={Math.ceil(data.total / pageLength)} value={page} onChange={setPage} getControlProps={(control) => ({ 'aria-label': `${control} page` })} /></Group>
            )}
          </Panel>
        )}
    </Page>
  );
}

function Lines({ lines }: { lines: readonly AuditLine[] }) {
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table highlightOnHover>
        <Table.Thead><Table.Tr><Table.Th pl={18} ta="right" w={70}>Line</Table.Th><Table.Th>When</Table.Th><Table.Th>Who</Table.Th><Table.Th>What</Table.Th><Table.Th>Whom</Table.Th><Table.Th pr={18}>Details</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {lines.map(({ sequence, at, action, operator, name, subjectId, details }) => (
            <Table.Tr key={sequence}>
              <Table.Td pl={18} ta="right" className={classes.soft ?? ''}>{sequence}</Table.Td>
              <Table.Td className={classes.unbroken ?? ''}>{instantWords(at)}</Table.Td>
              <Table.Td>{operator ?? ''}</Table.Td>
              <Table.Td className={classes.unbroken ?? ''}>{actionWords(action)}</Table.Td>
              <Table.Td>{name !== null && subjectId !== null ? <Link href={`/gallery/${subjectId}`}>{name}</Link> : <span className={classes.soft} title={subjectId ?? ''}>{subjectId === null ? '' : 'deleted'}</span>}</Table.Td>
              <Table.Td pr={18} className={classes.details ?? ''}>{detailWords(details)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const known: Readonly<Record<string, string>> = {
  'enrol': 'Enrolled', 'verify': 'Verified', 'identify': 'Searched', 'rename': 'Renamed', 'delete': 'Deleted', 'delete.sample': 'Sample deleted', 'export': 'Exported', 'unlock': 'Unlocked',
  'lock': 'Locked', 'protect': 'Passphrase set', 'rotate': 'New keys', 'templates.protect': 'Transform chosen', 'templates.reissue': 'Templates revoked', 'templates.protected': 'Templates issued anew', 'settings': 'Setting changed', 'consent': 'Consent recorded', 'retention': 'Deleted on time', 'audit.broken': 'Log found broken',
  'gallery.move': 'Gallery moved', 'backup': 'Backed up', 'restore': 'Restored', 'sign-in': 'Signed in', 'sign-in.failed': 'Sign-in failed', 'sign-out': 'Signed out', 'lock-out': 'Locked out', 'lock-out.lifted': 'Lock-out lifted',
  'operator.add': 'Operator added', 'operator.remove': 'Operator removed', 'operator.role': 'Role changed', 'operator.passphrase': 'Passphrase changed', 'operators.off': 'Operators turned off',
};

function actionWords(action: string): string {
  return known[action] ?? action;
}
