import sharp from 'sharp';
import { expect, it } from 'vitest';
import { synthesizeSubject } from './synthesize-subject.ts';

it('a subject is drawn the same from the same numbers, by two sensors, and each sample differs', async () => {
  const order = { seed: 3, subject: 2, samples: 2 };
  const [once, again] = [await synthesizeSubject(order), await synthesizeSubject(order)];
  expect(again).toEqual(once);
  expect(once.map(({ fileName }) => fileName)).toEqual(['phone-1.png', 'contact-1.png', 'phone-2.png', 'contact-2.png']);
  expect(once[0]!.png).not.toEqual(once[2]!.png);
  expect((await sharp(once[0]!.png).metadata()).channels).toBe(3);
  expect(once[1]).toMatchObject({ sensor: 'contact', hand: 'left', finger: 'index', sample: 1 });
});
