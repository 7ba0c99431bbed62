import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLock, IconLockOpen, IconLockOpenOff } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useAsk, useTell } from '../desk/ask.ts';

/** The lock in the header: locks the store, or leads to where a passphrase is set. */
export function LockButton() {
  const { data: desk } = useAsk('desk.state', {});
  const [, go] = useLocation();
  const lock = useTell('protection.lock');
  if (!desk) return null;
  const { by, isLocked } = desk.protection;
  const Icon = isLocked ? IconLock : by !== 'key-file' ? IconLockOpen : IconLockOpenOff;
  const label = isLocked
    ? 'The store is locked.'
    : by === 'operators' ? 'The store is open. Lock it, and sign everybody out.' : by === 'passphrase' ? 'The store is open. Lock it.' : `${desk.project.isDemo ? 'Demo: the' : 'The'} key is kept beside the data. Set a passphrase in Settings.`;
  const act = (): void => {
    if (by !== 'key-file' && !isLocked) lock.mutate({});
    else go('/settings');
  };
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color={by !== 'key-file' ? 'gray' : 'yellow.8'} size="lg" aria-label={label} onClick={act} loading={lock.isPending}>
        <Icon size={19} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
