import { describe, expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import type { StoredTensor } from './safetensors.ts';

const tensors = new Map<string, StoredTensor>([
  ['weights', { shape: [2, 3], values: new Float32Array([1, -2, 3.5, NaN, Infinity, 1e-40]) }],
  ['labels', { shape: [3], values: new Int32Array([-1, 0, 7]) }],
  ['bytes', { shape: [3], values: new Uint8Array([0, 128, 255]) }],
  ['double', { shape: [], values: new Float64Array([Math.PI]) }],
  ['nothing', { shape: [0, 4], values: new Float32Array(0) }],
]);
const file = encodeSafetensors({ tensors, metadata: { recipe: '{"name":"Gesichter – Köln"}' } });

describe('a safetensors file', () => {
  test('gives back what was put in, bit by bit', () => {
    expect(decodeSafetensors(file)).toEqual({ tensors, metadata: { recipe: '{"name":"Gesichter – Köln"}' } });
  });

  test('has the layout of the format: length, JSON header, data aligned to 8 bytes', () => {
    const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
    const header = JSON.parse(Buffer.from(file.subarray(8, 8 + length)).toString()) as Record<string, unknown>;
    expect((8 + length) % 8).toBe(0);
    expect(header['weights']).toEqual({ dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] });
  });

  test.each([
    ['empty', file.subarray(0, 0), 'cut short'],
    ['without its end', file.subarray(0, file.length - 1), 'damaged at "double"'],
    ['of another kind', Buffer.from('PK\u0003\u0004 is a zip archive, not weights'), 'no safetensors file'],
    ['with a damaged header', Buffer.concat([file.subarray(0, 9), Buffer.from('!'), file.subarray(10)]), 'damaged header'],
  ])('%s is refused', (_, bytes, reason) => {
    expect(() => decodeSafetensors(bytes)).toThrow(reason);
  });
});
