import { describe, expect, it } from 'vitest';
import { recentlyUsed } from './recently-used.ts';

describe('what was used last', () => {
  it('is kept, and the least recently used goes first', () => {
    const kept = recentlyUsed<string>(10, (value) => value.length);
    kept.set('a', 'xxxx');
    kept.set('b', 'xxxx');
    expect(kept.get('a')).toBe('xxxx');
    kept.set('c', 'xxxx');
    expect([...kept.keys()]).toEqual(['a', 'c']);
    kept.set('a', 'x');
    kept.set('d', 'xxxxx');
    expect([...kept.keys()]).toEqual(['c', 'a', 'd']);
  });

  it('is kept even when it alone is too large', () => {
    const kept = recentlyUsed<string>(3, (value) => value.length);
    kept.set('a', 'x');
    kept.set('b', 'xxxxxx');
    expect([...kept.keys()]).toEqual(['b']);
    kept.delete('b');
    kept.set('c', 'xxx');
    expect([...kept.keys()]).toEqual(['c']);
  });
});
