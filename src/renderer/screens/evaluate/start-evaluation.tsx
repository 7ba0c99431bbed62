import { Button, Select, Switch } from '@mantine/core';
import type { Part } from '../../../contract/vocabulary.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { quantity } from '../../words/numbers.ts';
import classes from './evaluate.module.css';

interface Choice { modelId: string | null; datasetId: string | null; part: Part; baselines: boolean }

const partNames = [{ value: 'test', label: 'Test' }, { value: 'validation', label: 'Validation' }, { value: 'train', label: 'Train' }];

export function StartEvaluation() {
  const { data: models } = useAsk('models.list', {});
  const { data: datasets } = useAsk('datasets.list', {});
  const [choice, setChoice] = useDraft<Choice>('evaluate.new', { modelId: null, datasetId: null, part: 'test', baselines: true });
  const start = useTell('evaluations.start');
  const ready = (datasets ?? []).filter(({ state }) => state === 'ready');
  const modelId = choice.modelId ?? models?.find(({ inUse }) => inUse)?.id ?? models?.[0]?.id ?? null;
  const dataset = ready.find(({ id }) => id === choice.datasetId) ?? ready.find(({ isDemo }) => isDemo) ?? ready[0];
  const submit = (): void => {
    if (modelId && dataset) start.mutate({ modelId, datasetId: dataset.id, part: choice.part, baselines: choice.baselines });
  };
  return (
    <Panel title="New evaluation">
      <form className={classes.start} onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Select label="Model" allowDeselect={false} data={(models ?? []).map(({ id, name }) => ({ value: id, label: name }))} value={modelId} onChange={(value) => setChoice((before) => ({ ...before, modelId: value }))} />
        <Select label="Dataset" allowDeselect={false} data={ready.map(({ id, name }) => ({ value: id, label: name }))} value={dataset?.id ?? null} onChange={(value) => setChoice((before) => ({ ...before, datasetId: value }))} />
        <Select label="Part" allowDeselect={false} data={partNames} value={choice.part} onChange={(value) => setChoice((before) => ({ ...before, part: value as Part }))} />
        <Switch className={classes.baselines ?? ''} label="With baselines" description="raw pixels and the untrained network" checked={choice.baselines} onChange={(event) => { const { checked } = event.currentTarget; setChoice((before) => ({ ...before, baselines: checked })); }} />
        <Button type="submit" disabled={!modelId || !dataset} loading={start.isPending}>Evaluate</Button>
      </form>
      {dataset && <p className={classes.hint}>All pairs of {quantity(dataset.parts[choice.part].images, 'picture')} of {quantity(dataset.parts[choice.part].subjects, 'person', 'people')}. {choice.part === 'train' && 'The model was trained on these people: the figures will flatter it.'}</p>}
      <ErrorNote error={start.error} />
    </Panel>
  );
}
