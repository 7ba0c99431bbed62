import { expect, it } from 'vitest';
import { folderReport, refusalsCsv } from './folder-report.ts';

const result = { pictures: 12, enrolled: 6, enrolledBefore: 4, failedToEnrol: 2, failureToEnrolRate: 0.25, people: 3, peopleNotEnrolled: 1 };
const log = [
  '2 subject folder names stand in several places.',
  'p2/broken.png: It is not a picture.',
  'The engine was lost: ended by SIGKILL. The step is done again.',
  'p3/copy.png: This very picture is enrolled as somebody else.',
  'That is p1.',
  'p3/a: b.jpeg: Its quality is 12 of 100, and at least 40 is required here (blurred: hold still).',
];

it('counts attempts without what was enrolled before, and names each refused file with its reason', () => {
  const report = folderReport({ result, log });
  expect(report).toMatchObject({ attempts: 8, failedToEnrol: 2, enrolledBefore: 4, people: 3, peopleNotEnrolled: 1 });
  expect(report?.refused).toEqual([
    { file: 'p2/broken.png', reason: 'It is not a picture.' },
    { file: 'p3/copy.png', reason: 'This very picture is enrolled as somebody else. That is p1.' },
    { file: 'p3/a: b.jpeg', reason: 'Its quality is 12 of 100, and at least 40 is required here (blurred: hold still).' },
  ]);
});

it('is not there before the end', () => {
  expect(folderReport({ result: null, log })).toBeNull();
});

it('writes a CSV that a spreadsheet reads back', () => {
  expect(refusalsCsv([{ file: 'a "b", c.png', reason: 'Cut short.' }])).toBe('file,reason\r\n"a ""b"", c.png","Cut short."\r\n');
});
