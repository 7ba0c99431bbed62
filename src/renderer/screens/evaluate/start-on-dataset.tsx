import { Button, Select, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ScoreTransform } from '../../../contract/requests/cancelable.ts';
import type { Part } from '../../../contract/vocabulary.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { quantity } from '../../words/numbers.ts';
import classes from './evaluate.module.css';

interface Choice { datasetId: string | null; part: Part; baselines: boolean; /** null: as the gallery keeps its templates. */ transform: ScoreTransform | null }

const partNames = [{ value: 'test', label: 'Test' }, { value: 'validation', label: 'Validation' }, { value: 'train', label: 'Train' }];

const transforms: { value: ScoreTransform; label: string }[] = [{ value: 'none', label: 'As the model gives them' }, { value: 'bio-hash', label: 'Under BioHashing' }, { value: 'mlp-hash', label: 'Under MLP-Hash' }];

interface StartProps { modelId: string | null; /** The field that chooses it. */ model: ReactNode }

/** All pairs of a part of a dataset. */
export function StartOnDataset({ modelId, model }: StartProps) {
  const { data: desk } = useAsk('desk.state', {});
  const { data: datasets } = useAsk('datasets.list', {});
  const [choice, setChoice] = useDraft<Choice>('evaluate.new', { datasetId: null, part: 'test', baselines: true, transform: null });
  const start = useTell('evaluations.start');
  const ready = (datasets ?? []).filter(({ state }) => state === 'ready');
  const dataset = ready.find(({ id }) => id === choice.datasetId) ?? ready.find(({ isDemo }) => isDemo) ?? ready[0];
  const inGallery = desk === undefined || desk.templates.transform === 'random-orthogonal' ? 'none' : desk.templates.transform;
  const transform = choice.transform ?? inGallery;
  const submit = (): void => {
    if (modelId && dataset) start.mutate({ modelId, datasetId: dataset.id, part: choice.part, baselines: choice.baselines, transform });
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <div className={classes.start}>
        {model}
        <Select label="Dataset" allowDeselect={false} data={ready.map(({ id, name }) => ({ value: id, label: name }))} value={dataset?.id ?? null} onChange={(value) => setChoice((before) => ({ ...before, datasetId: value }))} />
        <Select label="Part" allowDeselect={false} data={partNames} value={choice.part} onChange={(value) => setChoice((before) => ({ ...before, part: value as Part }))} />
        <Select label="Templates" allowDeselect={false} data={transforms} value={transform} onChange={(value) => setChoice((before) => ({ ...before, transform: value as ScoreTransform }))} />
        <Switch className={classes.baselines ?? ''} label="With baselines" description="raw pixels and the untrained network" checked={choice.baselines} onChange={(event) => { const { checked } = event.currentTarget; setChoice((before) => ({ ...before, baselines: checked })); }} />
        <Button type="submit" disabled={!modelId || !dataset} loading={start.isPending}>Evaluate</Button>
      </div>
      {dataset && <p className={classes.hint}>All pairs of {quantity(dataset.parts[choice.part].images, 'picture')} of {quantity(dataset.parts[choice.part].subjects, 'person', 'people')}. {choice.part === 'train' && 'The model was trained on these people: the figures will flatter it.'}</p>}
      <ErrorNote error={start.error} />
    </form>
  );
}
