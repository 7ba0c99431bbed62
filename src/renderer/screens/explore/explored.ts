import { createContext, useContext } from 'react';
import type { EvaluationReport } from '../../../contract/requests/evaluations.ts';
import type { ComparedPair, ExploredSample, LabelMarkRow } from '../../../contract/requests/explore.ts';

/** What the inspector shows: one of a list of pairs, a sample by its place, or a person. */
export type Looked =
  | { readonly kind: 'pair'; readonly pairs: readonly ComparedPair[]; readonly at: number; readonly isMated: boolean }
  | { readonly kind: 'sample'; readonly sample: number }
  | { readonly kind: 'subject'; readonly subject: string };

/** An evaluation that is being explored. */
export interface Explored {
  readonly report: EvaluationReport;
  /** The threshold under trial. */
  readonly threshold: number;
  readonly columns: readonly string[];
  readonly samples: readonly ExploredSample[];
  /** Labels marked as wrong, by the path of their sample. */
  readonly marks: ReadonlyMap<string, LabelMarkRow>;
  look(thing: Looked): void;
}

export const ExploredContext = createContext<Explored | null>(null);

export function useExplored(): Explored {
  const explored = useContext(ExploredContext);
  if (explored === null) throw new Error('Nothing is being explored here.');
  return explored;
}
