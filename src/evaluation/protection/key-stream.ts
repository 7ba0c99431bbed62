/** A secret key of 32 bytes. */
export type ProtectionKey = Uint8Array;

export const KEY_BYTES = 32;
const ROUNDS = 20;
const WORDS = 16;

/**
 * Standard normal numbers from a key: ChaCha20's key stream (RFC 8439, section 2.3) with nonce 0, by the method of Box and Muller. Whoever does not
 * have the key cannot tell them from chance, so neither can they guess the transform; the same key gives the same numbers on every machine.
 *
 * @param stream tells apart what one key is used for.
 */
export function keyedNormals(key: ProtectionKey, stream: number): () => number {
  if (key.length !== KEY_BYTES) throw new RangeError(`A key has ${KEY_BYTES} bytes, not ${key.length}.`);
  const next = uniforms(key, stream);
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    // 1 - u lies in (0, 1], so that the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** Uniform numbers in [0, 1) of 53 bits. */
function uniforms(key: ProtectionKey, stream: number): () => number {
  let [block, at] = [0, 0];
  let words: Uint32Array = new Uint32Array(0);
  const word = (): number => {
    if (at === words.length) {
      words = chachaBlock(key, block++, stream);
      at = 0;
    }
    return words[at++]!;
  };
  return () => ((word() >>> 5) * 0x4000000 + (word() >>> 6)) / 0x20000000000000;
}

/** One block of the key stream as 16 words; `stream` is the last word of the nonce. */
export function chachaBlock(key: Uint8Array, counter: number, nonce: number | readonly [number, number, number]): Uint32Array {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const keyWords = Array.from({ length: KEY_BYTES / 4 }, (_, index) => view.getUint32(4 * index, true));
  const start = Uint32Array.from([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, ...keyWords, counter, ...(typeof nonce === 'number' ? [0, 0, nonce] : nonce)]);
  const state = start.slice();
  for (let round = 0; round < ROUNDS; round += 2) {
    for (let column = 0; column < 4; column++) quarterRound(state, [column, 4 + column, 8 + column, 12 + column]);
    for (let column = 0; column < 4; column++) quarterRound(state, [column, 4 + ((column + 1) % 4), 8 + ((column + 2) % 4), 12 + ((column + 3) % 4)]);
  }
  for (let index = 0; index < WORDS; index++) state[index]! += start[index]!;
  return state;
}

function quarterRound(state: Uint32Array, [a, b, c, d]: readonly [number, number, number, number]): void {
  for (const [first, second] of [[16, 12], [8, 7]] as const) {
    state[a]! += state[b]!;
    state[d] = turned(state[d]! ^ state[a]!, first);
    state[c]! += state[d]!;
    state[b] = turned(state[b]! ^ state[c]!, second);
  }
}

const turned = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
