import { valueGroups } from '../evaluation/value-groups.ts';
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
const UNKNOWN = 'not known';

/** Colours by number, those of systems in a comparison. */
export const colorOf = ({ color }: Pick<GroupMark, 'color'>, ink: Ink): string => ink.systems[color % ink.systems.length]!;

/** The mark of the group at a place: 30 differ, then they come again. */
export const markAt = (place: number): Pick<GroupMark, 'shape' | 'color'> => ({ color: place % colors, shape: shapes[(place + Math.floor(place / (colors * shapes.length))) % shapes.length]! });

/**
 * The samples by the groups of their values in a column; '' is "not known".
 *
 * @param areNames as of `valueGroups`
 */
export function groupsOf(values: readonly string[], areNames = false): { groupOf: Int32Array; groups: GroupMark[] } {
  const { names, nameOf } = valueGroups(values, areNames);
  const distinct = values.includes('') ? [...names, UNKNOWN] : names;
  const places = new Map(distinct.map((name, place) => [name, place]));
  const groupOf = Int32Array.from(values, (value) => places.get(nameOf(value) || UNKNOWN)!);
  const counts = new Int32Array(distinct.length);
  for (const group of groupOf) counts[group]!++;
  return { groupOf, groups: distinct.map((name, place) => ({ name, count: counts[place]!, ...markAt(place) })) };
}
