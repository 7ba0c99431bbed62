import { RequestError } from '../../contract/request-error.ts';
import type { ProtocolPair } from './comparison-list.ts';

/**
 * The pairs files of Labeled Faces in the Wild: "Name 1 4" is a mated pair of images, "Name 1 Other 3" a non-mated one.
 * A first line "10 300" (View 2) says 10 folds of 300 + 300 pairs; "500" (View 1) or none is no fold.
 *
 * @param pathOf the path of an image by name and number, such as Name/Name_0001.jpg; undefined when it is not there.
 * @throws RequestError bad-dataset, naming the line.
 */
export function lfwPairs(text: string, pathOf: (name: string, number: number) => string | undefined): ProtocolPair[] {
  const rows = text.split(/\r?\n/).map((line, at) => ({ words: line.trim().split(/\s+/), line: at + 1 })).filter(({ words }) => words[0] !== '');
  const header = rows[0]?.words.every((word) => /^\d+$/.test(word)) && rows[0].words.length <= 2 ? rows.shift()!.words.map(Number) : [];
  const [folds, each] = header.length === 2 ? (header as [number, number]) : [1, Infinity];
  if (header.length === 2 && rows.length !== 2 * folds * each) {
    throw new RequestError('bad-dataset', `The pairs file says ${folds} folds of ${each} + ${each} pairs, but has ${rows.length} of ${2 * folds * each} lines.`);
  }
  return rows.map(({ words, line }, at) => {
    const isMated = words.length === 3;
    const [nameA, numberA, nameB, numberB] = isMated ? [words[0], words[1], words[0], words[2]] : words;
    if (words.length < 3 || words.length > 4 || ![numberA, numberB].every((number) => /^\d+$/.test(number!))) {
      throw new RequestError('bad-dataset', `Line ${line} of the pairs file is neither "name number number" nor "name number name number".`);
    }
    const sample = (name: string, number: string): string => {
      const path = pathOf(name, Number(number));
      if (path === undefined) throw new RequestError('bad-dataset', `Line ${line} of the pairs file names image ${number} of ${name}, which is not there.`);
      return path;
    };
    const split = header.length === 2 ? `fold ${Math.floor(at / (2 * each)) + 1}` : '';
    return { sampleA: sample(nameA!, numberA!), sampleB: sample(nameB!, numberB!), subjectA: nameA!, subjectB: nameB!, isMated, split };
  });
}
