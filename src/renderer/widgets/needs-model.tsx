import { Button } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useRunningJobs } from '../desk/use-jobs.ts';
import { EmptyState } from './empty-state.tsx';

/** Where a model is needed and none is in use. */
export function NeedsModel() {
  const isPreparing = useRunningJobs().some(({ kind }) => kind === 'demo');
  if (isPreparing) return <EmptyState icon={IconStack2} title="The demo's model is being made" words="It takes a minute or two. The start page shows how far it is; this page works as soon as it is there." ><Button component={Link} href="/" variant="default">See how far it is</Button></EmptyState>;
  return (
    <EmptyState icon={IconStack2} title="No model is in use" words="Pictures are compared by an embedding: a network that was trained to tell people apart.">
      <Button component={Link} href="/train/new">Train a model</Button>
      <Button component={Link} href="/models" variant="default">Choose a model</Button>
    </EmptyState>
  );
}
