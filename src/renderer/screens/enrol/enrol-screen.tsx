import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { RequestOutput } from '../../../contract/requests.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { usePipeline } from '../../desk/use-pipeline.ts';
import { useUploads } from '../../desk/use-uploads.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { NeedsModel } from '../../widgets/needs-model.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { PictureSource } from '../../widgets/picture-source.tsx';
import { FingerField } from '../../widgets/seen/finger-field.tsx';
import { MiddleNote } from '../../widgets/seen/middle-note.tsx';
import { SeveralField } from '../../widgets/seen/several-field.tsx';
import { useShown } from '../../widgets/seen/use-shown.ts';
import type { SeveralOrHand } from '../../widgets/seen/use-shown.ts';
import { SubjectSelect } from '../../widgets/subject-select.tsx';
import { quantity } from '../../words/numbers.ts';
import { EnrolFolderPanel } from './enrol-folder-panel.tsx';
import { EnrolledNote } from './enrolled-note.tsx';
import { PictureTray } from './picture-tray.tsx';
import { afterEnrolment, imagesThere, readyImages, withoutReasons, withUpload } from './tray.ts';
import type { TrayItem } from './tray.ts';
import classes from './enrol.module.css';

type Enrolled = RequestOutput<'enrol.images'>;

/** Pictures that the camera takes by itself: a person looks a little different in each. */
const WANTED = 3;

export function EnrolScreen() {
  const [items, setItems] = useDraft<readonly TrayItem[]>('enrol.items', []);
  const [who, setWho] = useDraft('enrol.who', 'new');
  const [name, setName] = useDraft('enrol.name', '');
  const [note, setNote] = useDraft('enrol.note', '');
  const [agreed, setAgreed] = useDraft('enrol.agreed', '');
  const { data: consentPolicy } = useAsk('consent.policy', {});
  const [existing, setExisting] = useDraft<string | null>('enrol.existing', null);
  const shown = useShown('enrol');
  const [enrolled, setEnrolled] = useDraft<Enrolled | null>('enrol.last', null);
  // Not a draft: a camera is never on because it was on before.
  const [isCameraOn, setCameraOn] = useState(false);
  const pipeline = usePipeline();
  const { data: desk } = useAsk('desk.state', {});
  const enrol = useTell('enrol.images');
  const onUpload = useCallback((upload: Parameters<typeof withUpload>[1]) => setItems((before) => withUpload(before, upload)), [setItems]);
  const send = useUploads(onUpload);
  const onFiles = useCallback((files: File[]) => void send(files), [send]);
  const ready = readyImages(items);
  const hasWho = who === 'new' ? name.trim() !== '' : existing !== null;

  const submit = (): void => {
    const subject = who === 'new' ? { name: name.trim(), note: note.trim() } : { subjectId: existing! };
    const consent = who === 'new' && agreed.trim() !== '' ? { scope: agreed.trim() } : null;
    const several = shown.several === 'all' ? null : shown.several;
    enrol.mutate({ subject, imageIds: ready, several, finger: shown.finger, consent }, {
      onSuccess: (outcome) => {
        setItems((before) => afterEnrolment(before, outcome.outcomes));
        setEnrolled(outcome);
        askAgain('subjects');
        if (!outcome.subject) return;
        setName('');
        setNote('');
        setAgreed('');
      },
    });
  };

  if (desk && desk.model === null) return <Page><NeedsModel /></Page>;
  const chooseSeveral = (choice: SeveralOrHand): void => {
    shown.setSeveral(choice);
    setItems(withoutReasons);
  };
  const tray = items.length > 0 && <PictureTray key="tray" items={items} onRemove={(key) => setItems((before) => before.filter((item) => item.key !== key))} />;
  const source = <PictureSource key="source" isCameraOn={isCameraOn} onCamera={setCameraOn} onFiles={onFiles} wanted={WANTED} isCompact={items.length > 0} label={items.length === 0 ? 'Drop or paste pictures of one person' : 'Drop or paste more'} />;
  return (
    <Page>
      <div className={classes.columns}>
        <Panel title="Pictures" aside={pipeline === 'face' ? 'Several are better: other days, other light, a slight turn of the head.' : 'One finger, or a whole hand with its fingers parted. Several are better: again, in other light and a little turned.'}>
          <div className={classes.source} data-tall={(items.length === 0 && !isCameraOn) || undefined}>
            {isCameraOn ? [source, tray] : [tray, source]}
            {items.length > 0 && <MiddleNote />}
          </div>
        </Panel>
        <div className={classes.side}>
          {enrolled && <EnrolledNote enrolled={enrolled} onClose={() => setEnrolled(null)} />}
          <Panel title="Person">
            <form className={classes.form} onSubmit={(event) => { event.preventDefault(); submit(); }}>
              <SegmentedControl fullWidth value={who} onChange={setWho} data={[{ value: 'new', label: 'New person' }, { value: 'existing', label: 'Already enrolled' }]} aria-label="New or already enrolled" />
              {who === 'new' ? (
                <>
                  <TextInput label="Name" value={name} maxLength={120} autoComplete="off" onChange={(event) => setName(event.currentTarget.value)} />
                  <TextInput label="Consent given for" description={`Text ${consentPolicy?.version ?? 1}${consentPolicy?.isRequired ? ', required here' : ''}; see Settings.`} placeholder="Access to building 3" required={consentPolicy?.isRequired ?? false} withAsterisk={consentPolicy?.isRequired ?? false} value={agreed} maxLength={300} autoComplete="off" onChange={(event) => setAgreed(event.currentTarget.value)} />
                  <Textarea label="Note" description="For you; it plays no part in matching." value={note} maxLength={500} autosize minRows={2} onChange={(event) => setNote(event.currentTarget.value)} />
                </>
              ) : <SubjectSelect label="Who?" value={existing} onChange={setExisting} />}
              <SeveralField place="enrol" imageIds={imagesThere(items)} shown={{ several: shown.several, setSeveral: chooseSeveral }} />
              <FingerField shown={shown} />
              <ErrorNote error={enrol.error} />
              <Button type="submit" size="md" disabled={!hasWho || ready.length === 0} loading={enrol.isPending}>
                {ready.length > 0 ? `Enrol with ${quantity(ready.length, 'picture')}` : 'Enrol'}
              </Button>
              <p className={classes.small}>{missingWords(hasWho, ready.length)}</p>
            </form>
          </Panel>
        </div>
      </div>
      <EnrolFolderPanel />
    </Page>
  );
}

function missingWords(hasWho: boolean, pictures: number): string {
  if (pictures === 0) return 'Add at least one picture.';
  return hasWho ? 'Each picture is judged by itself; those that cannot be used say why, and stay here.' : 'Say who this is.';
}
