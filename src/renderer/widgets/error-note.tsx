import { Alert, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { explain } from '../desk/explain.ts';
import { CopyButton } from './copy-button.tsx';

/** What went wrong, to which file or person, and what to do; the details can be copied. */
export function ErrorNote({ error, children }: { error: unknown; children?: ReactNode }) {
  if (error === null || error === undefined) return null;
  const { title, message, details } = explain(error);
  return (
    <Alert color="red" variant="light" title={title} icon={<IconAlertTriangle size={18} />} role="alert">
      {message}
      <Group gap="xs" mt="xs">
        {children}
        <CopyButton text={details} label="Copy details" />
      </Group>
    </Alert>
  );
}
