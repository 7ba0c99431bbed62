import type { EvaluationCard } from '../../../contract/requests/evaluations.ts';
import { quantity } from '../../words/numbers.ts';

/** "ORL faces, test", "ORL faces, test, with 1 correction": two of them must not be taken for one another. */
export const evaluatedWords = ({ datasetName, part, corrections }: Pick<EvaluationCard, 'datasetName' | 'part' | 'corrections'>): string =>
  `${datasetName}, ${part}${corrections === 0 ? '' : `, with ${quantity(corrections, 'correction')}`}`;
