import type { Ink } from './ink.ts';

export type MarkShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross';

/** How a group of samples is drawn: told apart by shape as well as by colour. */
export interface GroupMark {
  readonly name: string;
  readonly count: number;
  readonly shape: MarkShape;
  /** Place among `markColors`. */
  readonly color: number;
}

const shapes: readonly MarkShape[] = ['circle', 'square', 'triangle', 'diamond', 'cross'];
const colors = 6;
const MOST_VALUES = 12; // a column of more numbers than this is cut into classes
const CLASSES = 5;

/** Colours by number, those of systems in a comparison. */
export const colorOf = ({ color }: Pick<GroupMark, 'color'>, ink: Ink): string => ink.systems[color % ink.systems.length]!;

/** The mark of the group at a place: 30 differ, then they come again. */
export const markAt = (place: number): Pick<GroupMark, 'shape' | 'color'> => ({ color: place % colors, shape: shapes[(place + Math.floor(place / (colors * shapes.length))) % shapes.length]! });

/** The samples by their value in a column: texts as they are, many different numbers in classes of equal size; '' is "not known". */
export function groupsOf(values: readonly string[]): { groupOf: Int32Array; groups: GroupMark[] } {
  const numbers = new Set(values.filter((value) => value !== '').map(Number));
  const isNumeric = numbers.size > MOST_VALUES && [...numbers].every(Number.isFinite);
  const nameOf = isNumeric ? classNames([...numbers]) : (value: string) => value || 'not known';
  const names = values.map(nameOf);
  const order = new Intl.Collator('en', { numeric: true }).compare;
  const distinct = isNumeric ? [...new Set([...numbers].sort((a, b) => a - b).map((value) => nameOf(String(value)))), ...(values.includes('') ? ['not known'] : [])] : [...new Set(names)].sort(order);
  const places = new Map(distinct.map((name, place) => [name, place]));
  const groupOf = Int32Array.from(names, (name) => places.get(name)!);
  const counts = new Int32Array(distinct.length);
  for (const group of groupOf) counts[group]!++;
  return { groupOf, groups: distinct.map((name, place) => ({ name, count: counts[place]!, ...markAt(place) })) };
}

function classNames(numbers: number[]): (value: string) => string {
  const sorted = numbers.sort((one, other) => one - other);
  const edges = Array.from({ length: CLASSES }, (_, part) => sorted[Math.floor((part * sorted.length) / CLASSES)]!);
  return (value) => {
    if (value === '') return 'not known';
    const at = edges.findLastIndex((edge) => edge <= Number(value));
    return at === CLASSES - 1 ? `${edges[at]} and more` : `${edges[at]} to below ${edges[at + 1]}`;
  };
}
