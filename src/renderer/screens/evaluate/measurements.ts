import type { EvaluationCard } from '../../../contract/requests/evaluations.ts';
import type { ProtocolCard } from '../../../contract/requests/protocols.ts';
import { transformWords } from '../../../contract/transform-words.ts';
import type { Estimate } from '../../../contract/vocabulary.ts';
import { useAsk } from '../../desk/ask.ts';
import { evaluatedWords } from './evaluated-words.ts';
import type { ReportSource } from './report-source.ts';

/** One line of a list of what was measured, whether on a dataset or by a protocol. */
export interface Measurement {
  readonly source: ReportSource;
  readonly address: string;
  readonly modelName: string;
  /** "ORL faces, test: all pairs", "FVC in /data/fvc". */
  readonly on: string;
  readonly mated: number;
  readonly nonMated: number;
  readonly eer: Estimate | null;
  readonly createdAt: number;
}

/** Evaluations and runs of protocols, newest first; undefined until both are known. */
export function useMeasurements(): { measurements: Measurement[] | undefined; error: unknown } {
  const { data: evaluations, error } = useAsk('evaluations.list', {});
  const { data: protocols, error: other } = useAsk('protocols.list', {});
  const measurements = evaluations && protocols && [...evaluations.map(ofEvaluation), ...protocols.map(ofProtocol)].sort((one, next) => next.createdAt - one.createdAt);
  return { measurements, error: error ?? other };
}

function ofEvaluation(card: EvaluationCard): Measurement {
  const { id, modelName, transform, counts, eer, createdAt } = card;
  return { source: { kind: 'evaluation', id }, address: `/evaluate/${id}`, modelName, on: `${evaluatedWords(card)}: all pairs${transform === 'none' ? '' : `, under ${transformWords[transform]}`}`, mated: counts.mated, nonMated: counts.nonMated, eer, createdAt };
}

function ofProtocol({ id, modelName, title, images, mated, nonMated, eer, createdAt }: ProtocolCard): Measurement {
  const folder = images.split(/[\\/]/).filter(Boolean).at(-1) ?? images;
  return { source: { kind: 'protocol', id }, address: `/evaluate/protocol/${id}`, modelName, on: `${folder}: ${title}`, mated, nonMated, eer, createdAt };
}
