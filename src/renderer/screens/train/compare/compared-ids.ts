/** As many as there are dashes and colours that can be told apart. */
export const MOST_COMPARED = 6;

/** The runs that an address names: "run-1,run-2", each once. */
export function comparedIds(text: string): string[] {
  return [...new Set(decodeURIComponent(text).split(',').filter((id) => id !== ''))].slice(0, MOST_COMPARED);
}

export const comparisonAddress = (runIds: readonly string[]): string => `/train/compare/${runIds.join(',')}`;
