import type { SystemReference } from '../../../contract/requests/comparisons.ts';
import { systemReference } from '../../../contract/requests/comparisons.ts';

export const MOST_COMPARED = 6;

/** "evaluation~evaluation-12~model", "scores~scores-3": a system in an address. */
export function referenceText(reference: SystemReference): string {
  return reference.kind === 'evaluation' ? ['evaluation', reference.id, reference.system].join('~') : `${reference.kind}~${reference.id}`;
}

export const sameReference = (one: SystemReference, other: SystemReference): boolean => referenceText(one) === referenceText(other);

/** The systems that an address names, each once, as many as can be told apart; what names none is left out. */
export function comparedSystems(text: string): SystemReference[] {
  const found = new Map<string, SystemReference>();
  for (const part of text.split(',')) {
    const [kind, id, system] = part.split('~');
    const parsed = systemReference.safeParse(kind === 'evaluation' ? { kind, id, system: system ?? 'model' } : { kind, id });
    if (parsed.success) found.set(referenceText(parsed.data), parsed.data);
  }
  return [...found.values()].slice(0, MOST_COMPARED);
}

export function comparisonAddress(references: readonly SystemReference[]): string {
  return references.length === 0 ? '/compare' : `/compare/${references.map(referenceText).join(',')}`;
}
