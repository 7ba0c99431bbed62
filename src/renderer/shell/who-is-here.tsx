import { Button, Menu } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { queryClient, useTell } from '../desk/ask.ts';
import { useSession } from '../desk/use-session.ts';

/** Who is signed in, as what, and the way out; nothing where the store has no operators. */
export function WhoIsHere() {
  const operator = useSession()?.operator ?? null;
  const signOut = useTell('session.signOut');
  if (operator === null) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconUserCircle size={18} stroke={1.7} />} loading={signOut.isPending} aria-label={`Signed in as ${operator.name}, ${operator.role}`}>
          {operator.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{operator.name} is signed in as {operator.role}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => { signOut.mutate({}, { onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['session.state'] }) }); }}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
