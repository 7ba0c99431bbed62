import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'wouter';
import { EmptyState } from '../widgets/empty-state.tsx';

export function NowhereScreen() {
  return (
    <EmptyState icon={IconMapQuestion} title="There is no such place" words="The address does not lead anywhere in Likeness. What it named may have been removed.">
      <Button component={Link} href="/">Go to the start</Button>
    </EmptyState>
  );
}
