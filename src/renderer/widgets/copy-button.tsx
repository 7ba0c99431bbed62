import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <Button size="compact-xs" variant="subtle" color="gray" leftSection={<Icon size={13} />} onClick={() => clipboard.copy(text)}>
      {clipboard.copied ? 'Copied' : label}
    </Button>
  );
}
