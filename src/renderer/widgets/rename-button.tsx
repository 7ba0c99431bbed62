import { Button, Group, Modal, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorNote } from './error-note.tsx';

interface RenameButtonProps {
  name: string;
  error: unknown;
  onRename: (name: string) => Promise<unknown>;
}

export function RenameButton({ name, error, onRename }: RenameButtonProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const close = (): void => setTyped(null);
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setTyped(name)}>Rename</Button>
      <Modal opened={typed !== null} onClose={close} title={`Rename ${name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
        <form onSubmit={(event) => { event.preventDefault(); onRename((typed ?? '').trim()).then(close, () => undefined); }}>
          <TextInput label="New name" value={typed ?? ''} maxLength={120} onChange={(event) => setTyped(event.currentTarget.value)} data-autofocus />
          <ErrorNote error={error} />
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={close}>Cancel</Button>
            <Button type="submit" disabled={!typed?.trim()}>Rename</Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
