import { Button } from '@mantine/core';
import type { ModelCard } from '../../../contract/requests/models.ts';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import classes from './models.module.css';

/** The one model that ships and is not there from the start; nothing once it is on the list. */
export function FingerModelOffer({ models }: { models: readonly ModelCard[] }) {
  const add = useTell('models.add');
  if (models.some(({ source, modality }) => source === 'shipped' && modality === 'finger')) return null;
  return (
    <Panel className={classes.card ?? ''} title="A model for fingers">
      <p className={classes.offer}>
        It ships with Likeness and compares photos and prints of fingertips by the flow of the ridges about their core. It learned from
        synthetic fingers only. Adding it puts it on this list; the model in use stays in use.
      </p>
      <ErrorNote error={add.error} />
      <div className={classes.actions}>
        <Button variant="default" loading={add.isPending} onClick={() => add.mutate({ shipped: 'fingers' }, { onSuccess: () => askAgain('models') })}>Add this model</Button>
      </div>
    </Panel>
  );
}
