import { Badge, Button, Menu, NativeSelect, Table } from '@mantine/core';
import { IconDots, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { OperatorCard, Role } from '../../../contract/requests/operators.ts';
import { role as roles } from '../../../contract/requests/operators.ts';
import { queryClient, useAsk, useTell } from '../../desk/ask.ts';
import { ConfirmModal } from '../../widgets/confirm-modal.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { OperatorModal } from './operator-modal.tsx';
import { OperatorsOffModal } from './operators-off-modal.tsx';
import classes from './settings.module.css';

const askAnew = { onSuccess: () => void queryClient.invalidateQueries() };

/** Who may work here, and as what. */
export function OperatorsPanel() {
  const { data: operators, error } = useAsk('operators.list', {});
  const [deed, setDeed] = useState<OperatorCard | 'add' | null>(null);
  const [isEnding, setEnding] = useState(false);
  const isFirst = operators?.length === 0;
  return (
    <Panel title="Operators" actions={operators && !isFirst && <Button size="xs" variant="default" leftSection={<IconUserPlus size={15} />} onClick={() => { setDeed('add'); }}>Add an operator…</Button>}>
      <p className={classes.words}>
        {isFirst
          ? 'Whoever opens this store may do everything. With operators each has a name, a role and a passphrase of their own, the window asks for them, and the audit keeps who did what.'
          : 'Operators enrol, verify and identify; researchers train and evaluate, and see nobody of the gallery; administrators do everything. Each opens the store with their own passphrase.'}
      </p>
      <ErrorNote error={error} />
      {isFirst && <Button variant="default" leftSection={<IconUserPlus size={16} />} onClick={() => { setDeed('add'); }}>Make an administrator…</Button>}
      {operators && !isFirst && (
        <Table verticalSpacing={6}>
          <Table.Thead><Table.Tr><Table.Th pl={0}>Name</Table.Th><Table.Th>Role</Table.Th><Table.Th aria-label="More" w={44} /></Table.Tr></Table.Thead>
          <Table.Tbody>{operators.map((operator) => <OperatorRow key={operator.id} operator={operator} onPassphrase={() => { setDeed(operator); }} />)}</Table.Tbody>
        </Table>
      )}
      {operators && !isFirst && <Button mt="md" variant="default" onClick={() => { setEnding(true); }}>Turn operators off…</Button>}
      <OperatorsOffModal key={String(isEnding)} isOpen={isEnding} onClose={() => { setEnding(false); }} />
      {operators && <OperatorModal key={deed === null ? 'closed' : deed === 'add' ? 'add' : deed.id} deed={deed} isFirst={operators.length === 0} onClose={() => { setDeed(null); }} />}
    </Panel>
  );
}

function OperatorRow({ operator: { id, name, role, lockedOutUntil }, onPassphrase }: { operator: OperatorCard; onPassphrase: () => void }) {
  const setRole = useTell('operators.setRole');
  const remove = useTell('operators.remove');
  const lift = useTell('operators.lift');
  const [isRemoving, setRemoving] = useState(false);
  const error = setRole.error ?? remove.error ?? lift.error;
  return (
    <>
      <Table.Tr>
        <Table.Td pl={0}>{name} {lockedOutUntil !== null && <Badge color="orange" variant="light" tt="none">locked out until {new Date(lockedOutUntil).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}</Badge>}</Table.Td>
        <Table.Td><NativeSelect size="xs" aria-label={`Role of ${name}`} data={[...roles.options]} value={role} onChange={(event) => { setRole.mutate({ operatorId: id, role: event.currentTarget.value as Role }, askAnew); }} /></Table.Td>
        <Table.Td pr={0}>
          <Menu position="bottom-end">
            <Menu.Target><Button variant="subtle" color="gray" size="compact-sm" aria-label={`More about ${name}`}><IconDots size={16} /></Button></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={onPassphrase}>New passphrase…</Menu.Item>
              {lockedOutUntil !== null && <Menu.Item onClick={() => { lift.mutate({ operatorId: id }, askAnew); }}>Lift the lock-out</Menu.Item>}
              <Menu.Item color="red" onClick={() => { setRemoving(true); }}>Remove…</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <ConfirmModal isOpen={isRemoving} onClose={() => { setRemoving(false); }} onConfirm={() => { remove.mutate({ operatorId: id }, askAnew); }} title={`Remove ${name}?`} action="Remove the operator">
            The passphrase of {name} opens nothing any more, and {name} is signed out at once. What {name} did stays in the audit.
          </ConfirmModal>
        </Table.Td>
      </Table.Tr>
      {error && <Table.Tr><Table.Td colSpan={3} px={0}><ErrorNote error={error} /></Table.Td></Table.Tr>}
    </>
  );
}
