/** Values that somebody sends who means harm, for the tests of the doors. Each survives a structured clone. */

/** What is written into strings. None is the path of a file that a machine has: what is asked for may be done. */
export const hostileWords: readonly string[] = [
  '', ' ', '.', '..', '../'.repeat(12) + 'likeness-fuzz/etc/passwd', '..\\..\\likeness-fuzz', '%2e%2e%2flikeness-fuzz', 'picture.png\u0000.exe', '\u0000',
  '\u{d800}', '\u{dfff}x', '\u202egnp.exe', "'; DROP TABLE subjects; --", '" OR 1=1', '=HYPERLINK("https://attacker.example")', '<script>alert(1)</script>',
  '${7*7}', '{{7*7}}', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '$bytes', 'file:///likeness-fuzz', 'https://attacker.example/',
  'postgres://likeness:x@127.0.0.1:9/none', 'CON', '-rf', 'NaN', '1e999', 'x'.repeat(5000), 'face \u0000\u{1f600}',
];

/** Identifiers as they are written here, that name nothing. */
export const hostileIdentifiers: readonly string[] = [
  'constructor', 'toString', 'a..b', '0', 'x'.repeat(128), 'sample-', 'subject-1', 'run-1:0', 'protocol-1:0', 'image-1', 'model-1:2:3', '1.2.3.4', 'run:1:2', 'NaN',
];

export const megabytes = (count: number): string => 'A'.repeat(count * 1024 * 1024);

/** An object of objects, or an array of arrays, so many deep. */
export function nested(depth: number, kind: 'object' | 'array'): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = kind === 'array' ? [value] : { a: value };
  return value;
}

/** Keys that reach into prototypes where they are copied carelessly; own ones, as JSON.parse makes them. */
export const prototypeKeys: readonly unknown[] = [
  JSON.parse('{"__proto__": {"isAdmin": true}}'),
  JSON.parse('{"constructor": {"prototype": {"isAdmin": true}}}'),
  JSON.parse('{"toString": 1, "valueOf": null, "hasOwnProperty": false}'),
];

/** One of each kind, to be put where another kind belongs. */
export const wrongKinds: readonly unknown[] = [
  null, undefined, true, 'text', 0.5, -1, NaN, Infinity, -Infinity, Number.MAX_VALUE, 2 ** 53, [], {}, [[]], Uint8Array.of(1, 2, 3), ...prototypeKeys,
];
