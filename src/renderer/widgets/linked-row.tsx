import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import classes from './linked-row.module.css';

interface LinkedRowProps {
  address: string;
  children: ReactNode;
}

/** A row of a table that leads to a page wherever it is clicked; a `RowLink` in it leads there by keys and for screen readers. */
export function LinkedRow({ address, children }: LinkedRowProps) {
  const [, navigate] = useLocation();
  return <Table.Tr className={classes.row ?? ''} onClick={() => navigate(address)}>{children}</Table.Tr>;
}

/** The name in a `LinkedRow`. */
export function RowLink({ address, children }: LinkedRowProps) {
  return <Link href={address} className={classes.name ?? ''} onClick={(event) => event.stopPropagation()}>{children}</Link>;
}
