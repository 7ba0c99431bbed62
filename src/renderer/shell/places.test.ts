import { expect, it } from 'vitest';
import { placeOf, places } from './places.ts';

it('gives every place its own address, key and sentence', () => {
  expect(new Set(places.map(({ address }) => address)).size).toBe(places.length);
  expect(new Set(places.map(({ key }) => key)).size).toBe(places.length);
  for (const { purpose } of places) expect(purpose).toMatch(/[.?]$/);
});

it('knows which place an address lies in', () => {
  expect(placeOf('/gallery/subject-1')?.name).toBe('Gallery');
  expect(placeOf('/')?.name).toBe('Meet Likeness');
  expect(placeOf('/trainers')).toBeUndefined();
});
