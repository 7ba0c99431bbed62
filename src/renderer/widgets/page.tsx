import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { placeOf } from '../shell/places.ts';
import classes from './page.module.css';

interface PageProps {
  /** The place's own name when left out. */
  title?: ReactNode;
  /** The place's own sentence when left out. */
  purpose?: ReactNode;
  actions?: ReactNode;
  /** Exactly as high as the window: something inside scrolls by itself. */
  isFilled?: boolean;
  children: ReactNode;
}

/** A place: its name, one sentence that says what it is for, what can be done, and its content. */
export function Page({ title, purpose, actions, isFilled, children }: PageProps) {
  const [address] = useLocation();
  const place = placeOf(address);
  return (
    <div className={classes.page} data-filled={isFilled || undefined}>
      <header className={classes.top}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title ?? place?.name}</h1>
          <p className={classes.purpose}>{purpose ?? place?.purpose}</p>
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
