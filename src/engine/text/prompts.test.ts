import { describe, expect, it } from 'vitest';
import { promptsFromMetadata, promptsFromNames } from './prompts.ts';

const finger = 'a photo of the {hand} {finger} finger, {pattern}';

describe('sentences from class names', () => {
  it('put the name in its place, with underscores and runs of blanks read as one blank', () => {
    const made = promptsFromNames('a photo of a {name}', ['dog', 'left_index  finger']);
    expect(made.prompts).toEqual(['a photo of a dog', 'a photo of a left index finger']);
    expect(made.excluded).toEqual([]);
  });

  it('take a name literally, whatever it looks like', () => {
    expect(promptsFromNames('{name} and {name}', ['$& {name}']).prompts).toEqual(['$& {name} and $& {name}']);
  });

  it('leave out a class whose name is blank, and say which', () => {
    expect(promptsFromNames('a {name}', ['dog', ' _ '])).toEqual({
      prompts: ['a dog', null], remarks: [], excluded: [{ label: 1, name: ' _ ', reason: 'its name is blank' }],
    });
  });
});

describe('sentences from metadata', () => {
  it('say what the samples of a class agree on', () => {
    const samples = [0, 0].map((label) => ({ label, metadata: { hand: 'left', finger: 'index', pattern: 'whorl', device: String(label) } }));
    expect(promptsFromMetadata(finger, { classNames: ['p1'], samples })).toEqual({
      prompts: ['a photo of the left index finger, whorl'], excluded: [], remarks: [],
    });
  });

  it('follow the majority of a class, and say so', () => {
    const samples = ['Whorl', 'arch', 'whorl'].map((pattern) => ({ label: 0, metadata: { pattern } }));
    expect(promptsFromMetadata('{pattern}', { classNames: ['p1'], samples })).toEqual({
      prompts: ['Whorl'], excluded: [],
      remarks: [{ label: 0, name: 'p1', reason: 'pattern is "Whorl" 2 times, "arch" 1 time: the majority is taken' }],
    });
  });

  it('leave out a class without a majority, without values or without samples, and say why', () => {
    const of = (label: number, ...patterns: string[]) => patterns.map((pattern) => ({ label, metadata: { pattern } }));
    const samples = [...of(0, 'whorl', 'arch'), ...of(1, '', ' '), ...of(3, 'loop', '')];
    const { prompts, excluded, remarks } = promptsFromMetadata('{pattern}', { classNames: ['a', 'b', 'c', 'd'], samples });
    expect(prompts).toEqual([null, null, null, 'loop']);
    expect(excluded.map(({ label, reason }) => [label, reason])).toEqual([
      [0, 'pattern is "whorl" 1 time, "arch" 1 time: no majority'],
      [1, 'none of its 2 samples has a value for pattern'],
      [2, 'it has no samples'],
    ]);
    expect(remarks).toEqual([]);
  });

  it('ask for more than half, not for the most: two of five are no majority', () => {
    const samples = ['whorl', 'whorl', 'arch', 'loop', 'tented arch'].map((pattern) => ({ label: 0, metadata: { pattern } }));
    expect(promptsFromMetadata('{pattern}', { classNames: ['p1'], samples }).prompts).toEqual([null]);
  });

  it('name every column that stands in the way of a class', () => {
    const samples = [{ label: 0, metadata: { hand: '', finger: '', pattern: 'arch' } }];
    const [remark] = promptsFromMetadata(finger, { classNames: ['p1'], samples }).excluded;
    expect(remark?.reason).toBe('none of its 1 samples has a value for hand; none of its 1 samples has a value for finger');
  });

  it('refuse a column that the dataset does not have, and list the ones it has', () => {
    const samples = [{ label: 0, metadata: { hand: 'left', digit: '2' } }];
    expect(() => promptsFromMetadata(finger, { classNames: ['p1'], samples })).toThrow(
      'The text template names {finger} and {pattern}, which the dataset does not have; it has: digit, hand.',
    );
    expect(() => promptsFromMetadata(finger, { classNames: ['p1'], samples: [{ label: 0, metadata: {} }] })).toThrow('it has no columns of metadata');
  });
});
