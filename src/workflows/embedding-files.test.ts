import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { embeddingCsv, embeddingNpy, pathsCsv } from './embedding-files.ts';

const rows = [
  { path: '/a/one.png', vector: Float32Array.of(0.1, -1, 3.0000001e-8) },
  { path: '/a/two, "quoted".png', vector: Float32Array.of(1 / 3, 0, 1) },
];

it('writes CSV from which every float32 comes back exactly', () => {
  const [heading, ...lines] = parse(embeddingCsv(rows, 3)) as string[][];
  expect(heading).toEqual(['path', 'e0', 'e1', 'e2']);
  expect(lines.map(([path]) => path)).toEqual(rows.map(({ path }) => path));
  expect(lines.map(([, ...values]) => Float32Array.from(values, Number))).toEqual(rows.map(({ vector }) => vector));
});

it('writes arrays as NumPy reads them', () => {
  const file = embeddingNpy(rows, 3);
  const header = Buffer.from(file.subarray(10, 10 + new DataView(file.buffer).getUint16(8, true))).toString('latin1');
  expect([...file.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  expect((10 + header.length) % 64).toBe(0);
  expect(header.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
  expect(header.endsWith('\n')).toBe(true);
  expect([...new Float32Array(file.slice(10 + header.length).buffer)]).toEqual([...rows[0]!.vector, ...rows[1]!.vector]);
});

it('names the picture of every row', () => {
  expect(pathsCsv(rows)).toBe('row,path\n0,/a/one.png\n1,"/a/two, ""quoted"".png"\n');
});
