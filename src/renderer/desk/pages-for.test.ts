import { expect, it } from 'vitest';
import { pagesFor } from './pages-for.ts';

it('asks for the pages that cover the rows on the screen, and no others', () => {
  expect(pagesFor(0, 60)).toEqual([0]);
  expect(pagesFor(95, 130)).toEqual([0, 1]);
  expect(pagesFor(99_900, 99_999)).toEqual([999]);
  expect(pagesFor(0, -1)).toEqual([0]);
});
