import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { RunCard } from '../../../contract/requests/runs.ts';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { ConfirmModal } from '../../widgets/confirm-modal.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import type { RecipeDocument } from './recipe/recipe-document.ts';
import { firstRecipe } from './recipe/recipe-document.ts';

/** What can be done with a run in its state. */
export function RunActions({ run }: { run: RunCard }) {
  const [, navigate] = useLocation();
  const [isRemoving, setRemoving] = useState(false);
  const [, setRecipe] = useDraft<RecipeDocument>('train.recipe', firstRecipe);
  const [, setDataset] = useDraft<string | null>('train.dataset', null);
  const cancel = useTell('jobs.cancel');
  const resume = useTell('runs.resume');
  const use = useTell('models.use');
  const remove = useTell('runs.remove');
  const isRunning = run.state === 'running';
  const changed = { onSuccess: () => askAgain('runs') };
  const again = (): void => {
    setRecipe(run.recipe);
    if (run.datasetId) setDataset(run.datasetId);
    navigate('/train/new');
  };
  return (
    <>
      {isRunning && run.jobId && <Button color="red" variant="light" loading={cancel.isPending} onClick={() => cancel.mutate({ jobId: run.jobId! })}>Cancel</Button>}
      {run.canResume && !isRunning && <Button loading={resume.isPending} onClick={() => resume.mutate({ runId: run.id }, changed)}>Resume</Button>}
      {run.modelId && !isRunning && <Button variant={run.canResume ? 'default' : 'filled'} loading={use.isPending} onClick={() => use.mutate({ modelId: run.modelId! }, { onSuccess: () => { askAgain('models'); navigate('/models'); } })}>Use its model</Button>}
      {run.modelId && !isRunning && <Button component={Link} href="/evaluate" variant="default">Evaluate</Button>}
      <Button variant="default" onClick={again}>Train another like this</Button>
      {!isRunning && <Button variant="subtle" color="gray" onClick={() => setRemoving(true)}>Remove…</Button>}
      <ErrorNote error={cancel.error ?? resume.error ?? use.error ?? remove.error} />
      <ConfirmModal isOpen={isRemoving} onClose={() => setRemoving(false)} onConfirm={() => remove.mutate({ runId: run.id }, { onSuccess: () => { askAgain('runs'); navigate('/train'); } })} title={`Remove the run ${run.name}?`} action="Remove the run">
        Its curves and checkpoints are deleted; it cannot be resumed after that. A model that it made stays.
      </ConfirmModal>
    </>
  );
}
