import type { TemplateSet } from './template-set.ts';
import { rowNorms } from './cosine-similarity.ts';
import { checkTemplates } from './template-set.ts';

/**
 * The templates scaled to unit length: [templates, dimension], row-major, rounded to float32 once. Their dot products are
 * cosine similarities, for a process with a fast matrix product.
 *
 * @throws EvaluationError no-templates, shape-mismatch or template-without-direction.
 */
export function unitRows(templates: TemplateSet): Float32Array {
  checkTemplates(templates);
  const { embeddings, dimension } = templates;
  const norms = rowNorms(templates);
  const rows = new Float32Array(embeddings.length);
  for (let row = 0, at = 0; row < norms.length; row++) {
    const norm = norms[row]!;
    for (const end = at + dimension; at < end; at++) rows[at] = embeddings[at]! / norm;
  }
  return rows;
}
