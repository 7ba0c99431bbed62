import type { ProtocolReport } from '../contract/requests/protocols.ts';
import type { ImportedScores } from '../contract/requests/score-files.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** One side of a protocol's comparisons: its images, as absolute paths. */
export interface MeasuredSide {
  name: string;
  subject: string;
  images: string[];
}

interface Reports {
  protocol: ProtocolReport;
  scores: ImportedScores;
}

export type MeasurementKind = keyof Reports;

export interface Measurement<Kind extends MeasurementKind> {
  kind: Kind;
  report: Reports[Kind];
  /** Where its scores lie. */
  scoresFile: string;
  sides: MeasuredSide[];
}

export function insertMeasurement<Kind extends MeasurementKind>(database: Database, { kind, report, scoresFile, sides }: Measurement<Kind>): void {
  sql(
    database,
    `INSERT INTO measurements (id, kind, scores_file, report, sides, created_at)
     VALUES (@id, @kind, @scoresFile, @report, @sides, @createdAt)`,
  ).run({ id: report.id, kind, scoresFile, report: JSON.stringify(report), sides: JSON.stringify(sides), createdAt: report.createdAt });
}

/** Newest first. */
export function listMeasurements<Kind extends MeasurementKind>(database: Database, kind: Kind): Reports[Kind][] {
  return sql<{ report: string }>(database, 'SELECT report FROM measurements WHERE kind = @kind ORDER BY created_at DESC, rowid DESC')
    .all({ kind })
    .map(({ report }) => JSON.parse(report) as Reports[Kind]);
}

export function findMeasurement<Kind extends MeasurementKind>(database: Database, kind: Kind, id: string): Measurement<Kind> | undefined {
  const row = sql<{ scoresFile: string; report: string; sides: string }>(
    database,
    'SELECT scores_file AS scoresFile, report, sides FROM measurements WHERE kind = @kind AND id = @id',
  ).get({ kind, id });
  return row && { kind, scoresFile: row.scoresFile, report: JSON.parse(row.report) as Reports[Kind], sides: JSON.parse(row.sides) as MeasuredSide[] };
}

/** The file of one image of a protocol. */
export function findMeasuredImage(database: Database, { protocolId, side, image }: { protocolId: string; side: number; image: number }): string | undefined {
  return sql<{ path: string | null }>(
    database,
    "SELECT json_extract(sides, '$[' || CAST(@side AS INTEGER) || '].images[' || CAST(@image AS INTEGER) || ']') AS path FROM measurements WHERE id = @protocolId",
  ).get({ protocolId, side, image })?.path ?? undefined;
}

export function removeMeasurement(database: Database, id: string): void {
  sql(database, 'DELETE FROM measurements WHERE id = @id').run({ id });
}
