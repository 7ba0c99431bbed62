import type { ComponentType, ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  words: ReactNode;
  /** The next thing to do. */
  children?: ReactNode;
}

export function EmptyState({ icon: Icon, title, words, children }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}><Icon size={26} stroke={1.4} /></span>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.words}>{words}</p>
      {children && <div className={classes.action}>{children}</div>}
    </div>
  );
}
