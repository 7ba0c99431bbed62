import { describe, expect, it } from 'vitest';
import type { NamedPair } from './pair-guard.ts';
import { pairGuard } from './pair-guard.ts';

const pair = (sampleA: string, sampleB: string, more: Partial<NamedPair> = {}): NamedPair =>
  ({ sampleA, sampleB, subjectA: sampleA[0]!, subjectB: sampleB[0]!, imageA: '', imageB: '', split: '', ...more });

describe('the guard over comparisons', () => {
  it('lets honest comparisons pass and has nothing to say', () => {
    const guard = pairGuard();
    expect([pair('a1', 'a2'), pair('a1', 'b1'), pair('a2', 'b1')].map(guard.check)).toEqual([null, null, null]);
    expect(guard.findings()).toEqual([]);
  });

  it('catches and names a planted self-match', () => {
    const guard = pairGuard();
    expect(guard.check(pair('a1', 'a1'))).toBe('self-comparison');
    expect(guard.findings()).toEqual([{ reason: 'self-comparison', count: 1, examples: ['a1 with itself'] }]);
  });

  it('keeps the first of a pair that is compared again, in either order', () => {
    const guard = pairGuard();
    expect([pair('a1', 'b1'), pair('b1', 'a1'), pair('a1', 'b1')].map(guard.check)).toEqual([null, 'repeated-comparison', 'repeated-comparison']);
    expect(guard.findings()).toEqual([{ reason: 'repeated-comparison', count: 2, examples: ['b1 with a1', 'a1 with b1'] }]);
  });

  it('catches and names a duplicated image under two names, of whomever it is said to be', () => {
    const guard = pairGuard();
    expect([pair('a1', 'a2', { imageA: 'x', imageB: 'same' }), pair('a2', 'b9', { imageA: 'same', imageB: 'same' })].map(guard.check)).toEqual([null, 'duplicated-image']);
    expect(guard.findings()[0]).toMatchObject({ examples: ['a2 shares an image with b9'] });
  });

  it('knows a pair again of which one is a copy, but not where the copy is called somebody else', () => {
    const guard = pairGuard();
    const [first, copied, renamed] = [pair('a1', 'a2', { imageA: 'x', imageB: 'y' }), pair('a1-copy', 'a2', { imageA: 'x', imageB: 'y' }), pair('b1', 'a2', { imageA: 'x', imageB: 'y' })];
    expect([first, copied, renamed].map(guard.check)).toEqual([null, 'repeated-comparison', null]);
    expect(guard.findings()[0]).toMatchObject({ examples: ['a1-copy with a2'] });
  });

  it('catches and names an identity in two splits, and keeps it in the first', () => {
    const guard = pairGuard();
    const rows = [pair('a1', 'a2', { split: 'dev' }), pair('b1', 'c1', { split: 'eval' }), pair('a3', 'b1', { split: 'eval' }), pair('a1', 'a3', { split: 'dev' })];
    expect(rows.map(guard.check)).toEqual([null, null, 'leaked-identity', null]);
    expect(guard.findings()).toEqual([{ reason: 'leaked-identity', count: 1, examples: ['a in dev and eval'] }]);
  });

  it('shows the first few of many', () => {
    const guard = pairGuard();
    for (let at = 0; at < 20; at++) guard.check(pair(`a${at}`, `a${at}`));
    expect(guard.findings()[0]).toMatchObject({ count: 20, examples: ['a0 with itself', 'a1 with itself', 'a2 with itself', 'a3 with itself', 'a4 with itself'] });
  });
});
