import type { DeskState } from '../contract/requests/desk.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** How many of everything the desk holds. */
export function countEverything(database: Database): DeskState['counts'] {
  return sql<DeskState['counts']>(
    database,
    `SELECT (SELECT count(*) FROM subjects) AS subjects, (SELECT count(*) FROM samples) AS samples,
       (SELECT count(*) FROM datasets) AS datasets, (SELECT count(*) FROM runs) AS runs,
       (SELECT count(*) FROM models) AS models, (SELECT count(*) FROM evaluations) AS evaluations`,
  ).get()!;
}
