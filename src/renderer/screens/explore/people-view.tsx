import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { PeoplePanel } from './people-panel.tsx';
import { ZooPanel } from './zoo-panel.tsx';

/** The zoo: whose samples err, and against whom. A point or a row leads to the person. */
export function PeopleView() {
  const { report, samples, look } = useExplored();
  const { data: zoo, error } = useAsk('explore.zoo', { evaluationId: report.id });
  const portraits = useMemo(() => new Map(samples.map(({ subject, imageId }) => [subject, imageId])), [samples]);
  const onLook = (subject: string): void => look({ kind: 'subject', subject });
  if (error) return <ErrorNote error={error} />;
  if (!zoo) return <Skeleton height={460} radius="lg" />;
  return (
    <div className={classes.split}>
      <ZooPanel zoo={zoo} fileName={`${report.modelName}-zoo`} portraitOf={(subject) => portraits.get(subject) ?? null} onLook={onLook} />
      <PeoplePanel zoo={zoo} onLook={onLook} />
    </div>
  );
}
