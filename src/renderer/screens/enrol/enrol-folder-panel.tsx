import { Button } from '@mantine/core';
import { useTell } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FolderField } from '../../widgets/folder-field.tsx';
import { Panel } from '../../widgets/panel.tsx';
import classes from './enrol.module.css';

/** Many people at once: a job that reports each picture it could not use. */
export function EnrolFolderPanel() {
  const [path, setPath] = useDraft('enrol.folder', '');
  const enrol = useTell('enrol.folder');
  return (
    <Panel title="Many people at once">
      <div className={classes.form}>
        <FolderField label="Folder with a folder per person, or a CSV file" value={path} onChange={setPath} />
        <ErrorNote error={enrol.error} />
        {enrol.isSuccess && <p className={classes.small}>Started. The jobs (press j) show how far it is and name every picture that could not be used.</p>}
        <Button variant="default" disabled={path.trim() === ''} loading={enrol.isPending} onClick={() => enrol.mutate({ path: path.trim() })}>Enrol this folder</Button>
      </div>
    </Panel>
  );
}
