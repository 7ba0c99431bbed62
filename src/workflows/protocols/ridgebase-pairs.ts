import { RequestError } from '../../contract/request-error.ts';
import { inNaturalOrder } from '../dataset-scan.ts';
import type { Metadata, Prescription, SetMember } from './comparison-list.ts';
import type { Side } from './crossed.ts';
import { amongThemselves, crossed } from './crossed.ts';
import type { RidgeBaseName } from './ridgebase-names.ts';
import { metadataOfName, readRidgeBaseName } from './ridgebase-names.ts';
import type { NamedSet } from './ridgebase-sets.ts';

export type Sensors = 'CL2CL' | 'C2CL';

/**
 * Task 1, single fingers: every contactless image with every other (CL2CL), or with every contact print (C2CL). A comparison is mated
 * when person, hand and finger are the same; the subject is the person, as intervals resample people.
 */
export function singleFingerPairs(paths: readonly string[], sensors: Sensors): Prescription {
  const names = namesOf(paths).filter(({ finger }) => finger !== null);
  const sideOf = ({ path, person, hand, finger }: RidgeBaseName): Side => ({ name: path, subject: person, identity: `${person} ${hand} ${finger!}`, split: '' });
  return { ...matched(names.map((name) => ({ side: sideOf(name), sensor: name.sensor })), sensors), sets: new Map(), metadata: metadataOf(names) };
}

/**
 * Task 2, four fingers: pictures of four as they are, or, where there are none, the fingers cut out of one as a set, finger by finger.
 * A comparison is mated when person and hand are the same.
 */
export function fourFingerPairs(paths: readonly string[], sensors: Sensors): Prescription {
  const all = namesOf(paths);
  const whole = all.filter(({ finger }) => finger === null);
  const sets = new Map<string, SetMember[]>();
  const sides: { side: Side; sensor: RidgeBaseName['sensor'] }[] = [];
  for (const { path, person, hand, finger, sensor, capture } of whole.length > 0 ? whole : all) {
    const side: Side = { name: finger === null ? path : capture, subject: person, identity: `${person} ${hand}`, split: '' };
    const known = sets.get(side.name);
    if (finger !== null) sets.set(side.name, [...(known ?? []), { path, part: finger }]);
    if (known === undefined) sides.push({ side, sensor });
  }
  return { ...matched(sides, sensors), sets, metadata: metadataOf(all) };
}

/**
 * Task 3, sets: every query set with every gallery set of the JSON; mated when their images are of the same finger.
 *
 * @throws RequestError bad-dataset for a file that is not there, or a set of several fingers.
 */
export function setPairs(paths: readonly string[], { gallery, query }: { gallery: readonly NamedSet[]; query: readonly NamedSet[] }): Prescription {
  const byFile = new Map(paths.map((path) => [stemOf(path), path]));
  const sets = new Map<string, readonly SetMember[]>();
  const sideOf = ({ name, files }: NamedSet): Side => {
    const names = files.map((file) => readRidgeBaseName(byFile.get(stemOf(file)) ?? file));
    const identities = new Set(names.map((one) => (one === null ? '' : `${one.person} ${one.hand} ${one.finger ?? 'four'}`)));
    if (identities.has('') || identities.size !== 1) throw new RequestError('bad-dataset', `The set ${name} is not of one finger of RidgeBase: ${files.slice(0, 3).join(', ')}.`);
    sets.set(name, names.map((one) => ({ path: one!.path, part: '' })));
    return { name, subject: names[0]!.person, identity: [...identities][0]!, split: '' };
  };
  const [references, probes] = [gallery.map(sideOf), query.map(sideOf)];
  return { pairs: () => crossed(references, probes), sets, metadata: metadataOf(paths.flatMap((path) => readRidgeBaseName(path) ?? [])) };
}

const metadataOf = (names: readonly RidgeBaseName[]): ReadonlyMap<string, Metadata> => new Map(names.map((name) => [name.path, metadataOfName(name)]));

function matched(sides: readonly { side: Side; sensor: RidgeBaseName['sensor'] }[], sensors: Sensors): Pick<Prescription, 'pairs'> {
  const of = (wanted: RidgeBaseName['sensor']): Side[] => sides.filter(({ sensor }) => sensor === wanted).map(({ side }) => side);
  const [contactless, contact] = [of('contactless'), of('contact')];
  return { pairs: () => (sensors === 'CL2CL' ? amongThemselves(contactless) : crossed(contact, contactless)) };
}

/** Where the folder has a part for testing, only that. A print that is there as BMP and as WSQ is one print. */
function namesOf(paths: readonly string[]): RidgeBaseName[] {
  const tests = paths.filter((path) => /(^|\/)test\//i.test(path));
  const chosen = [...(tests.length > 0 ? tests : paths)].sort(inNaturalOrder);
  const stems = new Set(chosen.filter((path) => !isWsq(path)).map((path) => path.replace(/\.\w+$/, '')));
  return chosen.filter((path) => !(isWsq(path) && stems.has(path.replace(/\.\w+$/, '')))).flatMap((path) => readRidgeBaseName(path) ?? []);
}

const isWsq = (path: string): boolean => /\.wsq$/i.test(path);

/** Task 3 may name the images of task 1 with another ending. */
const stemOf = (path: string): string => path.split('/').at(-1)!.replace(/\.(png|jpe?g|bmp|tiff?)$/i, '');
