/** Shorter ones stand in the noise of a picture or an envelope by chance, so they are looked for in text only. */
const shortestInNoise = 5;
/** From this length on what stands beside a word does not matter: rows of a database have no space between their values. */
const longEnough = 8;

/**
 * Whether a word stands in bytes, as itself and not as a part of another: not between letters or digits, and where it is long not before or after a
 * further digit. One that begins or ends where the bytes do is passed over: what stands beside it is not known.
 */
export function standsIn(bytes: Buffer, word: Buffer): boolean {
  if (word.length < shortestInNoise && bytes.includes(0)) return false;
  const goesOn = word.length < longEnough ? isLetterOrDigit : isDigit;
  for (let at = bytes.indexOf(word, 1); at >= 0; at = bytes.indexOf(word, at + 1)) {
    const [before, after] = [bytes[at - 1], bytes[at + word.length]];
    if (before === undefined || after === undefined) continue;
    if (!(goesOn(before) && goesOn(word[0]!)) && !(goesOn(after) && goesOn(word.at(-1)!))) return true;
  }
  return false;
}

/** A name as files and rows may hold it: composed and decomposed letters (Unicode NFC and NFD), each plain and as it stands inside JSON. */
export function writtenForms(name: string): string[] {
  const plain = [name.normalize('NFC'), name.normalize('NFD')];
  return [...new Set([...plain, ...plain.map((form) => JSON.stringify(form).slice(1, -1))])];
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Of ASCII, and every byte of any other letter in UTF-8. */
function isLetterOrDigit(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte >= 0x80;
}
