import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { GalleryTransform } from '../../../contract/requests/cancelable.ts';
import type { DeskState } from '../../../contract/requests/desk.ts';
import { transformWords } from '../../../contract/transform-words.ts';
import { useTell } from '../../desk/ask.ts';
import { isRunning, useJobOf } from '../../desk/use-jobs.ts';
import { ConfirmModal } from '../../widgets/confirm-modal.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Note } from '../../widgets/note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { instantWords } from '../../words/time.ts';
import { TransformChoice } from './transform-choice.tsx';
import classes from './settings.module.css';

type PanelProps = { desk: Pick<DeskState, 'templates' | 'threshold' | 'model'> };

interface Question { deed: 'protect' | 'reissue'; isOpen: boolean }

const hasScoresOfItsOwn = (transform: GalleryTransform): boolean => transform === 'bio-hash' || transform === 'mlp-hash';

/** Under which keyed transform the templates of the gallery are, and how they are revoked. */
export function TemplateProtectionPanel({ desk }: PanelProps) {
  const { transform, since, changingTo } = desk.templates;
  const [chosen, setChosen] = useState<GalleryTransform>(transform);
  // The deed stays while the question fades away.
  const [{ deed, isOpen }, setQuestion] = useState<Question>({ deed: 'protect', isOpen: false });
  const protect = useTell('cancelable.protect');
  const reissue = useTell('cancelable.reissue');
  const job = useJobOf('protect-templates', null);
  const isAtWork = (job !== undefined && isRunning(job)) || protect.isPending || reissue.isPending;
  const isSettled = !isAtWork && changingTo === null;
  const tell = (): void => {
    protect.reset();
    reissue.reset();
    if (deed === 'reissue') reissue.mutate({});
    else protect.mutate({ transform: chosen });
  };
  return (
    <Panel title="Templates" aside={since !== null && `since ${instantWords(since)}`}>
      <p className={classes.words}><strong>Under {transformWords[transform]}.</strong> A transform with a secret key lets templates be revoked: once they are issued under a new key, those that leaked match nothing.</p>
      <Stack gap={12} mb={12}>
        <MissingThreshold desk={desk} />
        {job && <JobProgress job={job} />}
        {job?.state === 'done' && <Text size="sm" role="status">{job.message}</Text>}
        {!isAtWork && changingTo !== null && (
          <Note kind="caution" title="A change has not ended">
            The templates are being put under {transformWords[changingTo]}; until then everything is compared as before. To drop the change, go on with it and cancel its job.
            <div><Button mt="xs" size="compact-sm" variant="default" onClick={() => { protect.mutate({ transform: changingTo }); }}>Go on</Button></div>
          </Note>
        )}
        <ErrorNote error={protect.error ?? reissue.error} />
      </Stack>
      <TransformChoice value={chosen} isDisabled={!isSettled} onChange={setChosen} />
      <Group gap="xs" mt="md">
        <Button variant="default" disabled={!isSettled || chosen === transform} onClick={() => { setQuestion({ deed: 'protect', isOpen: true }); }}>Change the transform…</Button>
        {transform !== 'none' && <Button variant="default" disabled={!isSettled} onClick={() => { setQuestion({ deed: 'reissue', isOpen: true }); }}>Revoke and re-issue…</Button>}
      </Group>
      <ConfirmChange deed={deed} isOpen={isOpen} from={transform} to={deed === 'reissue' ? transform : chosen} onClose={() => { setQuestion({ deed, isOpen: false }); }} onConfirm={tell} />
    </Panel>
  );
}

function MissingThreshold({ desk: { templates: { transform }, threshold, model } }: PanelProps) {
  if (!hasScoresOfItsOwn(transform) || model === null || threshold !== null) return null;
  return (
    <Note kind="caution" title="No threshold under this transform">
      A threshold that was chosen without it is not used. <a href="#/evaluate">Evaluate {model.name}</a> with templates under {transformWords[transform]}, and choose one.
    </Note>
  );
}

interface ConfirmChangeProps extends Question {
  from: GalleryTransform;
  to: GalleryTransform;
  onClose: () => void;
  onConfirm: () => void;
}

function ConfirmChange({ deed, isOpen, from, to, onClose, onConfirm }: ConfirmChangeProps) {
  const isReissue = deed === 'reissue';
  return (
    <ConfirmModal isOpen={isOpen} onClose={onClose} onConfirm={onConfirm} action={isReissue ? 'Revoke and re-issue' : 'Change the transform'} title={isReissue ? 'Revoke all templates?' : `Put all templates under ${transformWords[to]}?`}>
      <Stack gap="sm">
        <Text size="sm">Every template is made anew{to === 'none' ? '' : ' under a new key'}; nobody is recaptured. Until all are there, everything is compared as before, and the change can be cancelled.</Text>
        <Text size="sm">Then the old templates{from === 'none' ? '' : ' and their key'} are destroyed, which cannot be undone.{hasScoresOfItsOwn(from) && ' Samples are embedded again with the model in use.'}</Text>
        {!isReissue && hasScoresOfItsOwn(to) && <Text size="sm">There is no decision until a threshold is chosen from an evaluation under {transformWords[to]}.</Text>}
      </Stack>
    </ConfirmModal>
  );
}
