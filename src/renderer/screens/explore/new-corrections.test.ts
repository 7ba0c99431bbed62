import { expect, it } from 'vitest';
import type { LabelMarkRow } from '../../../contract/requests/explore.ts';
import { wouldCorrectOtherwise } from './new-corrections.ts';

const mark = (path: string, subject: string | null, part: LabelMarkRow['part'] = 'test'): LabelMarkRow => ({ imageId: null, path, labelled: 'Ann', part, subject, markedAt: 1 });
const corrected = (...marks: LabelMarkRow[]) => ({ part: 'test' as const, corrections: marks.map(({ path, subject }) => ({ path, labelled: 'Ann', subject })) });

it('Evaluating with corrections is offered only where it would correct other labels than before', () => {
  const [one, other] = [mark('1.png', null), mark('2.png', 'Bob')];
  expect(wouldCorrectOtherwise(corrected(), [one])).toBe(true);
  expect(wouldCorrectOtherwise(corrected(one), [one])).toBe(false);
  expect(wouldCorrectOtherwise(corrected(one), [one, other])).toBe(true);
  expect(wouldCorrectOtherwise(corrected(one, other), [one])).toBe(true);
  expect(wouldCorrectOtherwise(corrected(one), [mark('1.png', 'Cid')])).toBe(true);
});

it('Labels of people who train change nothing, those of the validation part do', () => {
  expect(wouldCorrectOtherwise(corrected(), [mark('1.png', null, 'train')])).toBe(false);
  expect(wouldCorrectOtherwise(corrected(), [mark('1.png', null, 'validation')])).toBe(true);
});
