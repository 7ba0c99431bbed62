import { createHash } from 'node:crypto';

/** SHA-256 of lines in their order. */
export const hashOfLines = (lines: readonly string[]): string => createHash('sha256').update(lines.join('\n')).digest('hex');
