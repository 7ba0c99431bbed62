import { describe, expect, it } from 'vitest';
import { groupsOf, markAt } from './group-marks.ts';

describe('groups of samples', () => {
  it('are the values of a column, in their natural order, with what is not known apart', () => {
    const { groups, groupOf } = groupsOf(['Person 10', 'Person 2', '', 'Person 2']);
    expect(groups.map(({ name, count }) => [name, count])).toEqual([['Person 2', 2], ['Person 10', 1], ['not known', 1]]);
    expect([...groupOf]).toEqual([1, 0, 2, 0]);
  });

  it('are classes of equal size where a column holds many numbers', () => {
    const values = Array.from({ length: 100 }, (_, at) => String((at * 37) % 100));
    const { groups, groupOf } = groupsOf(['', ...values]);
    expect(groups.map(({ name, count }) => [name, count])).toEqual([
      ['0 to below 20', 20], ['20 to below 40', 20], ['40 to below 60', 20], ['60 to below 80', 20], ['80 and more', 20], ['not known', 1],
    ]);
    values.forEach((value, at) => expect(groupOf[at + 1]).toBe(Math.floor(Number(value) / 20)));
  });

  it('keep few numbers as they are', () => {
    expect(groupsOf(['3', '1', '3']).groups.map(({ name }) => name)).toEqual(['1', '3']);
  });

  it('differ in shape or colour, the first thirty of them', () => {
    const marks = Array.from({ length: 30 }, (_, place) => markAt(place)).map(({ color, shape }) => `${color} ${shape}`);
    expect(new Set(marks).size).toBe(30);
  });
});
