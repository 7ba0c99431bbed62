/** Rows of a long list that are asked for at a time. */
export const PAGE = 100;

/** The pages that cover rows [from, to], in order. */
export function pagesFor(from: number, to: number, pageSize = PAGE): number[] {
  const first = Math.max(0, Math.floor(from / pageSize));
  const last = Math.max(first, Math.floor(to / pageSize));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
