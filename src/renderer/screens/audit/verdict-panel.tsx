import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTell } from '../../desk/ask.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Note } from '../../widgets/note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { quantity } from '../../words/numbers.ts';
import classes from './audit.module.css';

/** Computes every hash and signature again when somebody asks. */
export function VerdictPanel() {
  const verify = useTell('audit.verify');
  const receipts = useTell('receipts.verify');
  const check = (): void => {
    verify.mutate({});
    receipts.mutate({});
  };
  const wrong = receipts.data?.filter(({ isGenuine }) => isGenuine === false).length ?? 0;
  return (
    <Panel title="Proof" aside="Each line carries a keyed hash of itself and the line before; the newest is anchored outside the log." actions={<Button size="xs" leftSection={<IconShieldCheck size={15} />} loading={verify.isPending || receipts.isPending} onClick={check}>Verify</Button>}>
      <ErrorNote error={verify.error ?? receipts.error} />
      {!verify.data && <p className={classes.words}>Verify finds a line that was changed, removed, moved or cut off, and a deletion receipt that is not ours.</p>}
      {verify.data && !verify.data.isWhole && <Note kind="bad" title="The log is not whole">{verify.data.problem?.message}</Note>}
      {wrong > 0 && <Note kind="bad" title="A receipt is not genuine">{quantity(wrong, 'deletion receipt')} changed or made up.</Note>}
      {verify.data?.isWhole && wrong === 0 && (
        <div role="status">
          <p className={classes.words}><strong>The log is whole:</strong> {quantity(verify.data.lines, 'line')}{receipts.data && `, ${quantity(receipts.data.length, 'deletion receipt')} checked`}.</p>
          {verify.data.head && (
            <p className={classes.words}>Written down elsewhere, its newest hash shows later whether the log was put back to an older state: <code className={classes.head}>{verify.data.head}</code> <CopyButton text={verify.data.head} label="Copy" /></p>
          )}
        </div>
      )}
    </Panel>
  );
}
