import type { ReactNode } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  title?: ReactNode;
  /** Small words beside the title. */
  aside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  isFlush?: boolean;
}

/** A sheet of the page: things that belong together. */
export function Panel({ title, aside, actions, children, className, isFlush }: PanelProps) {
  return (
    <section className={`${classes.panel} ${className ?? ''}`} data-flush={isFlush || undefined}>
      {(title || actions) && (
        <header className={classes.top}>
          <h2 className={classes.title}>{title}</h2>
          {aside && <span className={classes.aside}>{aside}</span>}
          {actions && <div className={classes.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
