import type { z } from 'zod';

/** One entry of the request table: what may be asked, and what comes back. */
export interface RequestShape {
  input: z.ZodType;
  output: z.ZodType;
}

/** Keeps the literal types of a part of the request table while checking its form. */
export function requests<Table extends Record<string, RequestShape>>(table: Table): Table {
  return table;
}
