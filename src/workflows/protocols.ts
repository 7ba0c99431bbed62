import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { ProtocolReport } from '../contract/requests/protocols.ts';
import { knownModel, requireModel } from './models.ts';
import { runProtocol } from './protocols/run-protocol.ts';
import { recentlyUsed } from './recently-used.ts';
import type { Workbench } from './workbench.ts';

/** The folder of a run keeps its report; this desk remembers the latest. */
const keptReports = 50;

export function protocolHandlers(workbench: Workbench): Pick<Handlers, 'protocols.run' | 'protocols.get'> {
  const { database } = workbench.store;
  const reports = recentlyUsed<ProtocolReport>(keptReports, () => 1);
  return {
    'protocols.run': (order) => {
      const model = order.modelId === null ? requireModel(database) : knownModel(database, order.modelId);
      const job = workbench.jobs.start({
        kind: 'scores', title: `Protocol ${order.source.kind} with ${model.name}`, subjectId: null, unit: 'images', isBatch: true,
        work: async (running) => {
          const report = await runProtocol(workbench, { order, model }, running);
          reports.set(running.id, report);
          return `${report.figures.rows.toLocaleString('en-GB')} comparisons; scores and report are in ${report.folder}.`;
        },
      });
      return { jobId: job.id };
    },
    'protocols.get': ({ jobId }) => {
      const report = reports.get(jobId);
      if (report === undefined) throw new RequestError('not-found', 'This run of a protocol is not known (any more), or has not ended yet. Its report is in the folder it wrote.');
      return report;
    },
  };
}
