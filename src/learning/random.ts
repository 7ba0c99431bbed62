/** A stream of pseudo-random numbers that anyone can begin again from its seed. */
export interface Random {
  /** Uniform in [0, 2^32), an integer. */
  uint32(): number;
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer in [0, count). */
  below(count: number): number;
  /** Standard normal (Box and Muller 1958). */
  normal(): number;
}

/**
 * A stream named by a seed and a path, such as (seed, 'batch', 12): every use has its own stream, so nothing has to be
 * saved to go on exactly where a run stopped. The generator is sfc32 (Doty-Humphrey, PractRand).
 */
export function randomStream(seed: number, ...path: (string | number)[]): Random {
  let [a, b, c] = hashes(seed, path.join('/'));
  let counter = 1;
  const uint32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) uint32();
  const uniform = (): number => uint32() / 4294967296;
  return {
    uint32,
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below: (count) => Math.floor(uniform() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** The integers 0 to count - 1 in an order drawn from the stream (Fisher and Yates). */
export function permutation(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const held = order[last]!;
    order[last] = order[other]!;
    order[other] = held;
  }
  return order;
}

/** Three 32-bit words from the seed and the path (FNV-1a, then the finaliser of MurmurHash3). */
function hashes(seed: number, path: string): [number, number, number] {
  const word = (salt: number): number => {
    let hash = 0x811c9dc5 ^ salt ^ seed;
    for (let index = 0; index < path.length; index++) hash = Math.imul(hash ^ path.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) | 0;
  };
  return [word(0), word(0x9e3779b9), word(0x3c6ef372)];
}
