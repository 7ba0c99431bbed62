const MOST_NUMBERS = 12; // a column of more numbers than this is cut into classes
const CLASSES = 5;

export interface ValueGroups {
  /** In their natural order. */
  readonly names: readonly string[];
  /** The group of a value; '' for '', which is not known. */
  readonly nameOf: (value: string) => string;
}

/**
 * The groups that the values of a column make: words and a few numbers as they are, many different numbers in classes of as many of them.
 *
 * @param areNames whether they name something, such as people, even where they are numbers
 */
export function valueGroups(values: readonly string[], areNames = false): ValueGroups {
  const known = [...new Set(values)].filter((value) => value !== '');
  const numbers = [...new Set(known.map(Number))].sort((one, other) => one - other);
  if (areNames || numbers.length <= MOST_NUMBERS || !numbers.every(Number.isFinite)) {
    return { names: known.sort(new Intl.Collator('en', { numeric: true }).compare), nameOf: (value) => value };
  }
  const edges = Array.from({ length: CLASSES }, (_, part) => numbers[Math.floor((part * numbers.length) / CLASSES)]!);
  const names = edges.map((edge, at) => (at === CLASSES - 1 ? `${edge} and more` : `${edge} to below ${edges[at + 1]}`));
  return { names, nameOf: (value) => (value === '' ? '' : names[edges.findLastIndex((edge) => edge <= Number(value))]!) };
}
