import { RequestError } from '../contract/request-error.ts';
import { theDesk } from './migrations/0001-the-desk.ts';
import { whatTrainingTells } from './migrations/0002-what-training-tells.ts';
import { mixedRuns } from './migrations/0003-mixed-runs.ts';
import { exploring } from './migrations/0004-exploring.ts';
import { sealedGallery } from './migrations/0005-sealed-gallery.ts';
import { measurements } from './migrations/0006-measurements.ts';
import { whatChanged } from './migrations/0007-what-changed.ts';
import { jobResults } from './migrations/0008-job-results.ts';
import { accountability } from './migrations/0009-accountability.ts';
import { keptPairs } from './migrations/0010-kept-pairs.ts';
import { sealedEvaluations } from './migrations/0011-sealed-evaluations.ts';
import { whoActed } from './migrations/0012-who-acted.ts';
import { cancelableGalleries } from './migrations/0013-cancelable-galleries.ts';
import { whatWasScanned } from './migrations/0014-what-was-scanned.ts';
import type { Database } from './statement.ts';

/** Every schema change ever made, in order. Only ever added to: version n is the first n of them. */
export const migrations: readonly string[] = [theDesk, whatTrainingTells, mixedRuns, exploring, sealedGallery, measurements, whatChanged, jobResults, accountability, keptPairs, sealedEvaluations, whoActed, cancelableGalleries, whatWasScanned];

/**
 * Brings the database to version `target`, in one transaction: after a crash it is either the old or the new.
 *
 * @throws RequestError('storage') when a newer Likeness has written it.
 */
export function migrate(database: Database, target: number = migrations.length): void {
  if (schemaVersion(database) === target) return;
  const bringUp = database.transaction(() => {
    // Read again under the lock: another process may have been quicker.
    const version = schemaVersion(database);
    if (version > migrations.length) throw newerSchema(database.name, version);
    for (const migration of migrations.slice(version, target)) database.exec(migration);
    if (target > version) database.pragma(`user_version = ${target}`);
  });
  bringUp.immediate();
}

export function schemaVersion(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

function newerSchema(file: string, version: number): RequestError {
  return new RequestError(
    'storage',
    `${file} was written by a newer Likeness (its schema is version ${version}, this one knows ${migrations.length}). ` +
      'Update Likeness, or choose another data folder.',
  );
}
