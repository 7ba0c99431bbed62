import { Badge, Button } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ModelCard } from '../../../contract/requests/models.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ConfirmModal } from '../../widgets/confirm-modal.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FactList } from '../../widgets/fact-list.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { RenameButton } from '../../widgets/rename-button.tsx';
import { countWords, percentWords, quantity } from '../../words/numbers.ts';
import { instantWords } from '../../words/time.ts';
import { FingerModelOffer } from './finger-model-offer.tsx';
import classes from './models.module.css';

export function ModelsScreen() {
  const { data: models, error } = useAsk('models.list', {});
  return (
    <Page actions={<Button component={Link} href="/train/new">Train a model</Button>}>
      <ErrorNote error={error} />
      {models?.length === 0 && (
        <EmptyState icon={IconStack2} title="There are no models yet" words="A model is made by training on a dataset, and appears here with the epoch that did best on people it was not trained on.">
          <Button component={Link} href="/train/new">Train the first model</Button>
        </EmptyState>
      )}
      <div className={classes.cards}>
        {[...(models ?? [])].sort((one, other) => Number(other.inUse) - Number(one.inUse) || other.createdAt - one.createdAt).map((model) => <Model key={model.id} model={model} />)}
        {models && <FingerModelOffer models={models} />}
      </div>
    </Page>
  );
}

const ORIGINS = { shipped: 'shipped with Likeness', pretrained: 'trained by others, fetched at set-up' };

function Model({ model }: { model: ModelCard }) {
  const use = useTell('models.use');
  const rename = useTell('models.rename');
  const remove = useTell('models.remove');
  const [isRemoving, setRemoving] = useState(false);
  const changed = { onSuccess: () => askAgain('models') };
  return (
    <Panel className={classes.card ?? ''} title={model.name} actions={model.inUse ? <Badge variant="light" tt="none" size="lg">in use</Badge> : undefined}>
      <p className={classes.summary}>{model.summary}</p>
      <div className={classes.headline}>
        <div><b>{model.validationEer === null ? 'not measured' : percentWords(model.validationEer)}</b><span>validation EER</span></div>
        <div><b>{countWords(model.templates)}</b><span>{model.templates === 1 ? 'template' : 'templates'}</span></div>
        <div><b>{model.embeddingSize}</b><span>dimensions</span></div>
      </div>
      <FactList facts={[
        ['Trained on', model.trainedOn],
        ['Licence', model.licence],
        ['From', model.source !== 'trained-here' ? ORIGINS[model.source] : model.runId ? <Link href={`/train/run/${model.runId}`}>its run{model.epoch !== null && `, epoch ${model.epoch}`}</Link> : 'trained here'],
        ['Made', instantWords(model.createdAt)],
        ['Weights', <code key="hash" className={classes.hash} title={model.weightsHash}>{model.weightsHash.slice(0, 12)}</code>],
      ]} />
      <ErrorNote error={use.error ?? remove.error} />
      <div className={classes.actions}>
        {!model.inUse && <Button loading={use.isPending} onClick={() => use.mutate({ modelId: model.id }, changed)}>Use this model</Button>}
        <Button variant="default" component={Link} href="/evaluate">Evaluate</Button>
        <RenameButton name={model.name} error={rename.error} onRename={(name) => rename.mutateAsync({ modelId: model.id, name }).then(() => askAgain('models'))} />
        {!model.inUse && <Button variant="subtle" color="gray" onClick={() => setRemoving(true)} loading={remove.isPending}>Remove…</Button>}
      </div>
      <ConfirmModal isOpen={isRemoving} onClose={() => setRemoving(false)} onConfirm={() => remove.mutate({ modelId: model.id }, changed)} title={`Remove the model ${model.name}?`} action="Remove the model">
        Its weights, {quantity(model.templates, 'template')} and its thresholds are deleted. The run that made it and the pictures of the people stay.
      </ConfirmModal>
    </Panel>
  );
}
