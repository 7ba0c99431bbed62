import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { DatasetCard } from '../../../contract/requests/datasets.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { quantity } from '../../words/numbers.ts';
import { completed, firstRecipe, withValue } from './recipe/recipe-document.ts';
import type { RecipeDocument } from './recipe/recipe-document.ts';
import { RecipeForm } from './recipe/recipe-form.tsx';
import { RecipeJson } from './recipe/recipe-json.tsx';
import { RecipeProblems } from './recipe/recipe-problems.tsx';
import { problemAt, useRecipeCheck } from './recipe/use-recipe-check.ts';
import classes from './train.module.css';
import { WholePreset } from './whole-preset.tsx';

/** A new run: a dataset, a recipe from a preset or by hand, what a careful colleague says about it, and the start. */
export function NewRunScreen({ askedDatasetId }: { askedDatasetId: string | null }) {
  const [, navigate] = useLocation();
  const { data: datasets } = useAsk('datasets.list', {});
  const [document, setDocument] = useDraft<RecipeDocument>('train.recipe', firstRecipe);
  const [chosenId, setChosenId] = useDraft<string | null>('train.dataset', null);
  const [moreIds, setMoreIds] = useDraft<string[]>('train.moreDatasets', []);
  const ready = (datasets ?? []).filter(({ state }) => state === 'ready');
  const dataset = ready.find(({ id }) => id === (askedDatasetId ?? chosenId)) ?? ready[0];
  const others = ready.filter((one) => one !== dataset && one.modality === dataset?.modality);
  const chosen = dataset ? [dataset, ...others.filter(({ id }) => moreIds.includes(id))] : [];
  const moreDatasetIds = chosen.slice(1).map(({ id }) => id);
  const { check, isCurrent, error } = useRecipeCheck(document, chosen.map(({ id }) => id));
  const start = useTell('runs.start');
  const recipe = check?.recipe ?? null;
  const hasErrors = check?.problems.some(({ severity }) => severity === 'error') ?? true;
  const submit = (): void => {
    if (!dataset || !recipe) return;
    start.mutate({ datasetId: dataset.id, moreDatasetIds, recipe }, {
      onSuccess: ({ runId }) => {
        askAgain('runs');
        navigate(`/train/run/${runId}`);
      },
    });
  };
  if (datasets && ready.length === 0) return <Page title="New training"><NeedsDataset /></Page>;
  const form = { set: (path: readonly (string | number)[], value: unknown) => setDocument((before) => completed(withValue(before, path, value))), problemAt: (path: readonly (string | number)[]) => problemAt(check, path) };
  return (
    <Page title="New training" purpose="Choose what to learn from and how. The network sees the training people only; the validation people decide which epoch is kept.">
      <form className={classes.newRun} onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <div className={classes.recipe}><RecipeForm document={document} form={form} /></div>
        <aside className={classes.aside}>
          <Panel title="Start">
            <div className={classes.fields}>
              <WholePreset onChoose={setDocument} />
              <Select label="Dataset" allowDeselect={false} data={ready.map(({ id, name }) => ({ value: id, label: name }))} value={dataset?.id ?? null} onChange={(value) => { setChosenId(value); if (askedDatasetId) navigate('/train/new', { replace: true }); }} />
              {others.length > 0 && <MultiSelect label="Mixed with" description="Their people come in the same batches" placeholder={moreDatasetIds.length > 0 ? '' : 'none'} data={others.map(({ id, name }) => ({ value: id, label: name }))} value={moreDatasetIds} onChange={setMoreIds} />}
              {dataset && <p className={classes.hint}>{peopleOf(chosen, 'train')} to learn from, {peopleOf(chosen, 'validation')} to validate on.</p>}
              <TextInput label="Name of the run" value={String(document['name'] ?? '')} maxLength={80} onChange={(event) => form.set(['name'], event.currentTarget.value)} error={form.problemAt(['name'])} />
              <RecipeProblems check={check} isCurrent={isCurrent} />
              <ErrorNote error={start.error ?? error} />
              <Button type="submit" size="md" disabled={!dataset || hasErrors || !isCurrent} loading={start.isPending}>Start training</Button>
            </div>
          </Panel>
          <RecipeJson document={document} onChange={setDocument} />
        </aside>
      </form>
    </Page>
  );
}

const peopleOf = (datasets: readonly DatasetCard[], part: 'train' | 'validation'): string =>
  quantity(datasets.reduce((sum, { parts }) => sum + parts[part].subjects, 0), 'person', 'people');

function NeedsDataset() {
  return (
    <EmptyState icon={IconDatabase} title="Nothing to learn from yet" words="Training needs a dataset: pictures of people, several of each.">
      <Button component={Link} href="/datasets/new">Add a dataset</Button>
    </EmptyState>
  );
}
