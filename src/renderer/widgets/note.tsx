import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './note.module.css';

interface NoteProps {
  kind: 'caution' | 'bad';
  title: string;
  children: ReactNode;
}

/** Something the reader must know before they go on. */
export function Note({ kind, title, children }: NoteProps) {
  return (
    <section className={classes.note} data-kind={kind} role={kind === 'bad' ? 'alert' : undefined}>
      <IconAlertTriangle size={18} stroke={1.8} />
      <div className={classes.body}>
        <strong className={classes.title}>{title}</strong>
        {children}
      </div>
    </section>
  );
}
