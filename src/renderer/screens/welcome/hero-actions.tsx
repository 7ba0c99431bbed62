import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { RequestOutput } from '../../../contract/requests.ts';
import { useTell } from '../../desk/ask.ts';
import { useMay } from '../../desk/use-session.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { quantity } from '../../words/numbers.ts';
import classes from './welcome.module.css';

/** Where to begin: with the demo, or on an empty desk by making it or by bringing one's own pictures. */
export function HeroActions({ desk, isPreparing }: { desk: RequestOutput<'desk.state'>; isPreparing: boolean }) {
  const { counts, project } = desk;
  const may = useMay();
  const makeDemo = useTell('demo.reset');
  const isBlank = counts.subjects + counts.datasets + counts.models === 0 && !isPreparing;
  if (isBlank) {
    return (
      <>
        <p className={classes.counts}>Nothing is here yet. {may('demo.reset') && 'Begin with the demo, 40 people photographed in 1992 to 1994, or with pictures of your own.'}</p>
        <div className={classes.buttons}>
          {may('demo.reset') && <Button size="md" loading={makeDemo.isPending} onClick={() => makeDemo.mutate({})}>Make the demo</Button>}
          {may('datasets.add') && <Button component={Link} href="/datasets/new" size="md" variant="default">Add a dataset</Button>}
          {may('enrol.images') && !may('datasets.add') && <Button component={Link} href="/enrol" size="md">Enrol the first person</Button>}
        </div>
        <ErrorNote error={makeDemo.error} />
      </>
    );
  }
  return (
    <>
      <p className={classes.counts}>{isPreparing ? '\u00a0' : `${project.name}: ${quantity(counts.subjects, 'person', 'people')} enrolled, ${quantity(counts.models, 'model')}, ${quantity(counts.evaluations, 'evaluation')}.`}</p>
      <div className={classes.buttons}>
        {may('verify.compare') && <Button component={Link} href="/verify" size="md" disabled={isPreparing}>Verify a face</Button>}
        {may('subjects.list') && <Button component={Link} href="/gallery" size="md" variant="default">See the gallery</Button>}
        {!may('subjects.list') && <Button component={Link} href="/evaluate" size="md">See the evaluations</Button>}
      </div>
    </>
  );
}
