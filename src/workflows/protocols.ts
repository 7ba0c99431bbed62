import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { ProtocolCard, ProtocolReport } from '../contract/requests/protocols.ts';
import type { Measurement } from '../store/measurements.ts';
import { findMeasurement, listMeasurements, removeMeasurement } from '../store/measurements.ts';
import type { Database } from '../store/statement.ts';
import { newIdentifier } from './identifiers.ts';
import { estimateOfMetric } from './metric-estimate.ts';
import { knownModel, requireModel } from './models.ts';
import { fillExportFolder, newExportFolder } from './new-export-folder.ts';
import { protocolPairs } from './protocols/protocol-pairs.ts';
import { protocolTitle } from './protocols/read-protocol.ts';
import { runProtocol } from './protocols/run-protocol.ts';
import { scoreFilesOf, writeProtocolReport } from './protocols/write-protocol-report.ts';
import { runInThread, unwatched } from './run-in-thread.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type ProtocolHandlers = Pick<
  Handlers,
  'protocols.run' | 'protocols.list' | 'protocols.get' | 'protocols.pairs' | 'protocols.slices' | 'protocols.discard' | 'protocols.export' | 'protocols.remove'
>;

export function protocolHandlers(workbench: Workbench): ProtocolHandlers {
  const { database } = workbench.store;
  return {
    'protocols.run': (order) => {
      const model = order.modelId === null ? requireModel(database) : knownModel(database, order.modelId);
      const protocolId = newIdentifier('protocol');
      const job = workbench.jobs.start({
        kind: 'evaluate', title: `${protocolTitle(order.source)} with ${model.name}`, subjectId: protocolId, unit: 'images', isBatch: true,
        work: async (running) => {
          const { figures, folder } = await runProtocol(workbench, { protocolId, order, model }, running);
          announce(workbench, 'evaluations');
          return `${figures.rows.toLocaleString('en-GB')} comparisons; scores and report are in ${folder}.`;
        },
      });
      return { protocolId, jobId: job.id };
    },
    'protocols.list': () => listMeasurements(database, 'protocol').map(cardOf),
    'protocols.get': ({ protocolId }) => knownProtocol(database, protocolId).report,
    'protocols.pairs': ({ protocolId, ...wanted }) => protocolPairs(knownProtocol(database, protocolId), wanted),
    'protocols.slices': ({ protocolId, ...wanted }) => {
      const { report, scoresFile } = knownScoresOf(database, protocolId);
      return runInThread('slices-of-file', { path: scoresFile, plan: report.manifest.plan, ...wanted }, unwatched());
    },
    'protocols.discard': ({ protocolId, ...wanted }) => runInThread('discard-of-file', { path: knownScoresOf(database, protocolId).scoresFile, ...wanted }, unwatched()),
    'protocols.export': ({ protocolId, folder }) => exportProtocol(workbench, knownProtocol(database, protocolId), folder),
    'protocols.remove': ({ protocolId }) => {
      knownProtocol(database, protocolId);
      removeMeasurement(database, protocolId);
      announce(workbench, 'evaluations');
      return { removed: true };
    },
  };
}

/** @throws RequestError('not-found') */
export function knownProtocol(database: Database, protocolId: string): Measurement<'protocol'> {
  const measured = findMeasurement(database, 'protocol', protocolId);
  if (measured === undefined) throw new RequestError('not-found', 'This run of a protocol is not known (any more), or its job has not ended yet.');
  return measured;
}

/** A run whose scores are still there. @throws RequestError not-found */
function knownScoresOf(database: Database, protocolId: string): Measurement<'protocol'> {
  const measured = knownProtocol(database, protocolId);
  if (!existsSync(measured.scoresFile)) throw new RequestError('not-found', `The scores of this run are not in ${measured.scoresFile} any more, so its groups cannot be looked at. Run the protocol again.`);
  return measured;
}

function cardOf({ id, manifest, figures, createdAt }: ProtocolReport): ProtocolCard {
  const { source, model } = manifest;
  return {
    id, kind: source.kind, title: protocolTitle(source), modelId: model.id, modelName: model.name, images: source.images,
    mated: figures.matedCount, nonMated: figures.nonMatedCount, eer: estimateOfMetric(figures.eer), createdAt,
  };
}

async function exportProtocol({ home }: Workbench, { report, scoresFile }: Measurement<'protocol'>, wanted: string | null): Promise<{ folder: string; files: string[] }> {
  const { source, model } = report.manifest;
  const folder = await newExportFolder(wanted ?? join(home, 'exports'), { words: `protocol ${source.kind} ${model.name}`, id: report.id });
  const { files } = await fillExportFolder(folder, async () => {
    const written = await writeProtocolReport({ ...report, folder });
    for (const name of scoreFilesOf(report)) {
      const file = join(dirname(scoresFile), name);
      if (existsSync(file)) await copyFile(file, join(folder, name));
    }
    return written;
  });
  if (!existsSync(join(folder, 'scores.csv'))) throw new RequestError('not-found', `The scores of this run are not in ${scoresFile} any more. The report is in ${folder}; run the protocol again for its scores.`);
  return { folder, files: [...files] };
}
