import { inNaturalOrder } from '../dataset-scan.ts';
import type { ProtocolPair } from './comparison-list.ts';

/**
 * FVC: every finger's impressions with one another (mated, each pair once), and the first impressions of all fingers
 * (non-mated). 100 fingers of 8 give 2,800 and 4,950 (Maio et al., FVC2000, PAMI 24, 2002); any numbers do.
 *
 * @param paths files called <finger>_<impression>.<ending>; others are passed over.
 */
export function fvcPairs(paths: readonly string[]): ProtocolPair[] {
  const fingers = new Map<string, { path: string; impression: number }[]>();
  for (const path of [...paths].sort(inNaturalOrder)) {
    const [, finger, impression] = /(?:^|\/)(\d+)_(\d+)\.\w+$/.exec(path) ?? [];
    if (finger === undefined) continue;
    const known = fingers.get(finger) ?? [];
    fingers.set(finger, known);
    known.push({ path, impression: Number(impression) });
  }
  const all = [...fingers].map(([finger, prints]) => ({ finger, prints: prints.sort((one, other) => one.impression - other.impression) }));
  const mated = all.flatMap(({ finger, prints }) => prints.flatMap(({ path }, at) => prints.slice(at + 1).map((other) =>
    ({ sampleA: path, sampleB: other.path, subjectA: finger, subjectB: finger, isMated: true, split: '' }))));
  const nonMated = all.flatMap(({ finger, prints }, at) => all.slice(at + 1).map((other) =>
    ({ sampleA: prints[0]!.path, sampleB: other.prints[0]!.path, subjectA: finger, subjectB: other.finger, isMated: false, split: '' })));
  return [...mated, ...nonMated];
}
