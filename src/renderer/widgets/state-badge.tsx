import { Badge } from '@mantine/core';
import type { JobState } from '../../contract/jobs.ts';

const colors: Record<JobState | 'importing' | 'ready', string> = {
  queued: 'gray', running: 'pine', done: 'gray', failed: 'red', cancelled: 'gray', interrupted: 'yellow', importing: 'pine', ready: 'gray',
};

/** A state in a word; the word carries it, the colour helps. */
export function StateBadge({ state }: { state: keyof typeof colors }) {
  return <Badge variant="light" color={colors[state]} size="sm" tt="none" fw={560} autoContrast>{state}</Badge>;
}
