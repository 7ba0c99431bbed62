import type { ScanReport } from '../contract/requests/deletion.ts';
import { standsIn, writtenForms } from './stands-in.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** Rows of the database whose text names somebody in clear, by table; tables without any are left out. Nothing sealed is text. */
export function rowsNaming(database: Database, name: string): ScanReport['tables'] {
  const forms = writtenForms(name);
  const words = forms.map((form) => Buffer.from(form));
  return textColumns(database).flatMap(({ table, columns }) => {
    const texts = sql<{ text: string }>(
      database, `SELECT text FROM (SELECT concat_ws(char(10), ${columns}) AS text FROM ${table}) WHERE EXISTS (SELECT 1 FROM json_each(@forms) WHERE instr(text, value) > 0)`,
    ).all({ forms: JSON.stringify(forms) });
    const rows = texts.map(({ text }) => Buffer.from(`\n${text}\n`)).filter((text) => words.some((word) => standsIn(text, word))).length;
    return rows === 0 ? [] : [{ table: table.slice(1, -1), rows }];
  });
}

function textColumns(database: Database): { table: string; columns: string }[] {
  return sql<{ table: string; columns: string }>(
    database,
    `SELECT '"' || tables.name || '"' AS "table", group_concat('"' || columns.name || '"') AS columns
     FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
     WHERE tables.type = 'table' AND columns.type = 'TEXT' GROUP BY tables.name ORDER BY tables.name`,
  ).all();
}
