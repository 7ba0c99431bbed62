import type { EvaluationReport } from '../../contract/requests/evaluations.ts';
import type { DiscardReport, SliceReport } from '../../contract/requests/explore.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { Handlers } from '../../contract/requests.ts';
import type { EvaluationStudies } from './evaluation-sections.ts';
import { groupMinimums, reportedColumns } from './reported-columns.ts';

/** The requests of the explorer that a report asks. */
export type Explorer = Pick<Handlers, 'explore.samples' | 'explore.zoo' | 'explore.slices' | 'explore.discard'>;

/** People, the groups of every column that has a few, and errors by every column of numbers, at the threshold of the lowest FMR that one was chosen for. */
export async function evaluationStudies({ id, thresholds, systems }: EvaluationReport, explorer: Explorer): Promise<EvaluationStudies> {
  const threshold = thresholds.findLast((offered) => offered.threshold !== null)?.threshold ?? systems[0]!.fnmrAtFmr.findLast((one) => one.threshold !== null)?.threshold ?? null;
  const { columns, samples } = await explorer['explore.samples']({ evaluationId: id });
  const named = columns.map((name, at) => ({ name, values: new Set(samples.map(({ values }) => values[at]!).filter((value) => value !== '')) }));
  const { sliced, qualities } = threshold === null ? { sliced: [], qualities: [] } : reportedColumns(named);
  const slices: SliceReport[] = [];
  for (const column of sliced) {
    const slice = await orNone(() => explorer['explore.slices']({ evaluationId: id, column, threshold: threshold!, ...groupMinimums }));
    if (slice !== null) slices.push(slice);
  }
  const discards: DiscardReport[] = [];
  for (const column of qualities) {
    const discard = await orNone(() => explorer['explore.discard']({ evaluationId: id, column, threshold: threshold! }));
    if (discard !== null) discards.push(discard);
  }
  return { discards, zoo: await orNone(() => explorer['explore.zoo']({ evaluationId: id })), slices };
}

/** A study that these data do not give is left out of the report. */
async function orNone<Study>(ask: () => Promise<Study> | Study): Promise<Study | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RequestError) return null;
    throw error;
  }
}
