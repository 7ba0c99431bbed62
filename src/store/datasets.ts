import type { DatasetCard, DatasetFindings, DatasetLayout, Split } from '../contract/requests/datasets.ts';
import type { Modality } from '../contract/vocabulary.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** A dataset as it is kept; counts are asked of its samples. */
export type DatasetRecord = Omit<DatasetCard, 'subjects' | 'images' | 'parts'>;

interface DatasetRow {
  id: string;
  name: string;
  modality: Modality;
  layout: DatasetLayout;
  path: string;
  state: DatasetRecord['state'];
  split: string;
  columns: string;
  findings: string;
  isDemo: number;
  credit: string | null;
  createdAt: number;
}

const columns = `id, name, modality, layout, path, state, split, columns, findings, is_demo AS isDemo, credit,
  created_at AS createdAt`;

export function insertDataset(database: Database, dataset: DatasetRecord): void {
  sql(
    database,
    `INSERT INTO datasets (id, name, modality, layout, path, state, split, columns, findings, is_demo, credit, created_at)
     VALUES (@id, @name, @modality, @layout, @path, @state, @split, @columns, @findings, @isDemo, @credit, @createdAt)`,
  ).run({
    ...dataset,
    split: JSON.stringify(dataset.split),
    columns: JSON.stringify(dataset.columns),
    findings: JSON.stringify(dataset.findings),
    isDemo: Number(dataset.isDemo),
  });
}

export function listDatasets(database: Database): DatasetRecord[] {
  return sql<DatasetRow>(database, `SELECT ${columns} FROM datasets ORDER BY created_at, id`).all().map(fromRow);
}

export function findDataset(database: Database, id: string): DatasetRecord | undefined {
  const row = sql<DatasetRow>(database, `SELECT ${columns} FROM datasets WHERE id = @id`).get({ id });
  return row && fromRow(row);
}

export function findDemoDataset(database: Database): DatasetRecord | undefined {
  const row = sql<DatasetRow>(database, `SELECT ${columns} FROM datasets WHERE is_demo = 1`).get();
  return row && fromRow(row);
}

/** What the import learned about a dataset. */
export interface ImportedDataset {
  id: string;
  layout: DatasetLayout;
  columns: string[];
  findings: DatasetFindings;
}

export function setDatasetReady(database: Database, imported: ImportedDataset): void {
  sql(
    database,
    `UPDATE datasets SET state = 'ready', layout = @layout, columns = @columns, findings = @findings WHERE id = @id`,
  ).run({ ...imported, columns: JSON.stringify(imported.columns), findings: JSON.stringify(imported.findings) });
}

export function setDatasetState(database: Database, id: string, state: DatasetRecord['state']): void {
  sql(database, 'UPDATE datasets SET state = @state WHERE id = @id').run({ id, state });
}

export function setDatasetSplit(database: Database, id: string, split: Split): void {
  sql(database, 'UPDATE datasets SET split = @split WHERE id = @id').run({ id, split: JSON.stringify(split) });
}

export function setDatasetPath(database: Database, id: string, path: string): void {
  sql(database, 'UPDATE datasets SET path = @path WHERE id = @id').run({ id, path });
}

export function removeDataset(database: Database, id: string): void {
  sql(database, 'DELETE FROM datasets WHERE id = @id').run({ id });
}

function fromRow(row: DatasetRow): DatasetRecord {
  return {
    ...row,
    split: JSON.parse(row.split) as Split,
    columns: JSON.parse(row.columns) as string[],
    findings: JSON.parse(row.findings) as DatasetFindings,
    isDemo: row.isDemo === 1,
  };
}
