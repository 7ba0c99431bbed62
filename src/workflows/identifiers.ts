import { randomUUID } from 'node:crypto';

/** What an identifier names; the prefix tells where to look, and nothing else. */
export type Named = 'dataset' | 'picture' | 'job' | 'run' | 'model' | 'subject' | 'sample' | 'image' | 'evaluation' | 'protocol' | 'scores' | 'operator' | 'desk';

/** A random, opaque identifier: "run-6f9c…". */
export function newIdentifier(named: Named): string {
  return `${named}-${randomUUID()}`;
}

export function isIdentifierOf(named: Named, id: string): boolean {
  return id.startsWith(`${named}-`);
}
