import { COLLAPSED_SIMILARITY, collapseSentence } from './describe-collapse.ts';

/** A fresh network may begin with its embeddings close together: only what lasts so many steps is a collapse. */
export const PATIENCE_STEPS = 20;

/** Watches a run step by step: the alarm at the step at which its embeddings have coincided for long enough; else null. */
export function watchCollapse(): (meanCosine: number | null) => string | null {
  let coinciding = 0;
  return (meanCosine) => {
    if (meanCosine === null) return null;
    coinciding = meanCosine < COLLAPSED_SIMILARITY ? 0 : coinciding + 1;
    return coinciding === PATIENCE_STEPS ? collapseSentence(`The embeddings of a batch have nearly coincided for ${PATIENCE_STEPS} steps`, meanCosine) : null;
  };
}
