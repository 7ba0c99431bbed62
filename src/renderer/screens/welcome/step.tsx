import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import classes from './welcome.module.css';

interface StepProps {
  number: number;
  title: string;
  words: ReactNode;
  action: string;
  href: string;
  isWaiting?: boolean;
  children: ReactNode;
}

/** One step of the story: a live picture, what it shows, and where it leads. */
export function Step({ number, title, words, action, href, isWaiting, children }: StepProps) {
  return (
    <li className={classes.step}>
      <div className={classes.scene} data-waiting={isWaiting || undefined}>{isWaiting ? <span>being made…</span> : children}</div>
      <div className={classes.stepBody}>
        <h2 className={classes.stepTitle}><span className={classes.number}>{number}</span>{title}</h2>
        <p className={classes.stepWords}>{words}</p>
        <Button component={Link} href={href} variant="light" size="compact-sm" rightSection={<IconArrowRight size={14} />} disabled={isWaiting ?? false}>{action}</Button>
      </div>
    </li>
  );
}
