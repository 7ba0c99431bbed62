import { Button } from '@mantine/core';
import { IconLockAccess } from '@tabler/icons-react';
import { Link } from 'wouter';
import { refusalOf } from '../../contract/roles.ts';
import { useSession } from '../desk/use-session.ts';
import type { Place } from '../shell/places.ts';
import { EmptyState } from '../widgets/empty-state.tsx';

/** A place that is another role's, at the address that somebody typed or kept. */
export function NotYoursScreen({ place }: { place: Place }) {
  const operator = useSession()?.operator ?? null;
  return (
    <EmptyState icon={IconLockAccess} title={`${place.name} is not for your role`} words={refusalOf(place.needs, operator)?.message}>
      <Button component={Link} href="/">Go to the start</Button>
    </EmptyState>
  );
}
