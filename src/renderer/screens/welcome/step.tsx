import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { Link } from 'wouter';
import classes from './welcome.module.css';

interface StepProps {
  number: number;
  title: string;
  words: ReactNode;
  action: string;
  /** Null as long as it is being asked where the step leads. */
  href: string | null;
  isWaiting?: boolean;
  /** Called before the step leads on: it may prepare the page it leads to. */
  onLeave?: () => void;
  /** Stands in the scene as long as there is nothing to show. */
  icon: ComponentType<{ size?: number; stroke?: number }>;
  children: ReactNode;
}

const look = { variant: 'light', size: 'compact-sm', rightSection: <IconArrowRight size={14} /> };

/** One step of the story: a live picture, what it shows, and where it leads. */
export function Step({ number, title, words, action, href, isWaiting, onLeave, icon: Icon, children }: StepProps) {
  return (
    <li className={classes.step} {...(onLeave && { onClickCapture: onLeave })}>
      <div className={classes.scene} data-waiting={isWaiting || children === null || undefined}>{isWaiting ? <span>being made…</span> : (children ?? <Icon size={44} stroke={1.1} />)}</div>
      <div className={classes.stepBody}>
        <h2 className={classes.stepTitle}><span className={classes.number}>{number}</span>{title}</h2>
        <p className={classes.stepWords}>{words}</p>
        {isWaiting || href === null
          ? <Button {...look} disabled>{action}</Button>
          : <Button {...look} component={Link} href={href}>{action}</Button>}
      </div>
    </li>
  );
}
