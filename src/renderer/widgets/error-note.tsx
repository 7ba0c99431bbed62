import type { ReactNode } from 'react';
import { explain } from '../desk/explain.ts';
import { CopyButton } from './copy-button.tsx';
import { Note } from './note.tsx';
import classes from './note.module.css';

/** What went wrong, to which file or person, and what to do; the details can be copied. */
export function ErrorNote({ error, children }: { error: unknown; children?: ReactNode }) {
  if (error === null || error === undefined) return null;
  const { title, message, details } = explain(error);
  return (
    <Note kind="bad" title={title}>
      {message}
      <div className={classes.actions}>
        {children}
        <CopyButton text={details} label="Copy details" />
      </div>
    </Note>
  );
}
