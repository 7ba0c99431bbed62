import type { ReactNode } from 'react';
import { Fragment } from 'react';
import classes from './fact-list.module.css';

/** Names and values in two columns. */
export function FactList({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => <Fragment key={name}><dt>{name}</dt><dd>{value}</dd></Fragment>)}
    </dl>
  );
}
