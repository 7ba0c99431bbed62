import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes, encodeBytes, fromBase64, toBase64 } from './bytes.ts';

describe('base64', () => {
  it('agrees with Node on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(toBase64(bytes)).toBe(text);
        expect(fromBase64(text)).toEqual(bytes);
      }),
    );
  });

  it('refuses text that is not whole, padded base64', () => {
    for (const text of ['A', 'AB', 'ABC', 'A===', 'AB=C', 'AB*=', 'ABCD\n', '====', 'ABCŁ']) {
      expect(() => fromBase64(text), text).toThrow(SyntaxError);
    }
  });

  it('carries 8 MB there and back', () => {
    const bytes = new Uint8Array(8 << 20).map((_, index) => (index * 31) & 255);
    expect(Buffer.compare(fromBase64(toBase64(bytes)), bytes)).toBe(0);
  });
});

describe('encodeBytes and decodeBytes', () => {
  const there = (value: unknown): unknown => decodeBytes(encodeBytes(value));

  it('carry bytes anywhere in a value', () => {
    const value = { fileName: 'a.png', bytes: Uint8Array.of(0, 128, 255), list: [Uint8Array.of(), { deep: Uint8Array.of(7) }] };
    expect(there(value)).toEqual(value);
    expect(there(Uint8Array.of(1, 2))).toEqual(Uint8Array.of(1, 2));
  });

  it('carry a Buffer as plain bytes', () => {
    expect(there({ bytes: Buffer.from([1, 2, 3]) })).toEqual({ bytes: Uint8Array.of(1, 2, 3) });
  });

  it('carry the numbers JSON has no word for', () => {
    expect(there([NaN, Infinity, -Infinity, 0.1])).toEqual([NaN, Infinity, -Infinity, 0.1]);
  });

  it('do not take what a person typed for a tag', () => {
    const typed = { $bytes: 'AAAA', $number: 'NaN', $$bytes: 1, nested: { $bytes: 'AAAA' }, name: '$bytes' };
    expect(there(typed)).toEqual(typed);
  });

  it('carry every JSON value unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(there(value)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuse unknown tags and broken text', () => {
    for (const text of ['{"$function":"x"}', '{"$bytes":1}', '{"$bytes":"AAAA","more":1}', '{"$number":"7"}', '{', '']) {
      expect(() => decodeBytes(text), text).toThrow(SyntaxError);
    }
  });

  it('write undefined as null', () => {
    expect(there(undefined)).toBeNull();
  });
});
