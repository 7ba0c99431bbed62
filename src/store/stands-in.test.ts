import { describe, expect, it } from 'vitest';
import { standsIn, writtenForms } from './stands-in.ts';

const stands = (word: string, text: string): boolean => standsIn(Buffer.from(text), Buffer.from(word));

describe('a word in bytes', () => {
  it('is found as itself, and not as a part of another', () => {
    expect([' Ann ', '"Ann"', '/Ann/', ',Ann\n'].map((text) => stands('Ann', text))).toEqual([true, true, true, true]);
    expect([' Annabel ', ' Joann ', ' Ann1 ', ' Annä ', ' ann '].map((text) => stands('Ann', text))).toEqual([false, false, false, false, false]);
    expect(stands('Ann', ' Annabel and Ann ')).toBe(true);
  });

  it('that is long is found between other values of a row too, but a number is not the beginning of another', () => {
    expect(stands('Ottoline Farthing', 'x.pngOttoline Farthingtrain')).toBe(true);
    expect(stands('person-3', ' person-30 ')).toBe(false);
    expect(stands('person-3', ' person-3 ')).toBe(true);
  });

  it('that is short is not looked for in noise', () => {
    expect(stands('Ann', '\0 Ann ')).toBe(false);
    expect(stands('Annie', '\0 Annie ')).toBe(true);
  });

  it('at either end of the bytes is passed over, since what is beside it is not known', () => {
    expect([stands('Ann', 'Ann '), stands('Ann', ' Ann')]).toEqual([false, false]);
  });
});

it('a name is looked for composed and decomposed, plain and as JSON holds it', () => {
  expect(writtenForms('Ann')).toEqual(['Ann']);
  expect(writtenForms('Zo\u0065\u0308 "Z"')).toEqual(['Zo\u00eb "Z"', 'Zoe\u0308 "Z"', 'Zo\u00eb \\"Z\\"', 'Zoe\u0308 \\"Z\\"']);
});
