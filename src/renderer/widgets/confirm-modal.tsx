import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

interface ConfirmModalProps {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  /** What the button says: the deed, not "OK". */
  action: string;
  children: ReactNode;
}

/** Asks once before something goes that cannot be brought back. */
export function ConfirmModal({ isOpen, onClose, onConfirm, title, action, children }: ConfirmModalProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      {children}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>Keep it</Button>
        <Button color="red" onClick={() => { onConfirm(); onClose(); }}>{action}</Button>
      </Group>
    </Modal>
  );
}
