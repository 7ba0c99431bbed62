import { describe, expect, it } from 'vitest';
import { valueGroups } from './value-groups.ts';

describe('the groups of a column', () => {
  it('are its words, or its few numbers, in their natural order', () => {
    const { names, nameOf } = valueGroups(['day 10', 'day 2', '', 'day 2']);
    expect([names, nameOf('day 2'), nameOf('')]).toEqual([['day 2', 'day 10'], 'day 2', '']);
    expect(valueGroups(['3', '1', '20']).names).toEqual(['1', '3', '20']);
  });

  it('are classes where it holds many numbers, each number in one of them', () => {
    const ages = Array.from({ length: 50 }, (_, at) => String(20 + at));
    const { names, nameOf } = valueGroups([...ages, '']);
    expect(names).toEqual(['20 to below 30', '30 to below 40', '40 to below 50', '50 to below 60', '60 and more']);
    expect(ages.map(nameOf)).toEqual(ages.map((age) => names[Math.floor((Number(age) - 20) / 10)]));
    expect(nameOf('')).toBe('');
    expect(valueGroups(ages, true).names).toEqual(ages);
  });
});
