import { readdirSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

export interface PictureSet {
  readonly name: string;
  readonly what: string;
  /** Whether the cut was chosen on it; else it is judged on it. */
  readonly isChosenOn: boolean;
  readonly pictures: readonly { readonly path: string; readonly subject: string }[];
}

interface Source {
  readonly folder: string;
  readonly subjectOf: (path: string) => string;
  /** By subject: the half on which the cut was chosen. Null: all or none of it. */
  readonly isChosenOn: boolean | ((subject: string) => boolean);
  readonly what: string;
}

const byFolder = (path: string): string => basename(dirname(path));
/** "3/name.2.jpg" and "3 (2).jpg". */
const ofFaces94 = (path: string): string => (path.startsWith(`Training${sep}`) ? byFolder(path) : basename(path).split(' ')[0]!);
const ofPrint = (path: string): string => basename(path).split('_')[0]!;

const SOURCES: readonly Source[] = [
  { folder: 'orl', subjectOf: byFolder, isChosenOn: true, what: 'ten poses of each face in a studio' },
  { folder: 'faces94', subjectOf: ofFaces94, isChosenOn: (subject) => Number(subject) % 2 === 0, what: 'frames of one recording of each face' },
  { folder: 'fvc2000-db1-b', subjectOf: ofPrint, isChosenOn: true, what: 'eight contact prints of each finger' },
  { folder: 'lfw-view1', subjectOf: byFolder, isChosenOn: (subject) => subject < 'K', what: 'press photos, aligned' },
  { folder: 'fvc2002-db2-b', subjectOf: ofPrint, isChosenOn: false, what: 'eight contact prints of each finger' },
  { folder: 'celebrity-photos', subjectOf: byFolder, isChosenOn: false, what: 'photos from the web' },
  { folder: 'ridgebase', subjectOf: (path) => path.split(sep).slice(0, 2).join(sep), isChosenOn: false, what: 'fingers and hands by a phone, contact prints' },
  { folder: 'omniglot', subjectOf: (path) => dirname(path), isChosenOn: false, what: 'handwritten characters, 20 writers each' },
];

/** Below the folder of the data; a folder of which some people served to choose the cut is two sets. */
export function pictureSets(data: string): PictureSet[] {
  return SOURCES.flatMap(({ folder, subjectOf, isChosenOn, what }) => {
    const pictures = readdirSync(join(data, folder), { recursive: true, encoding: 'utf8' }).filter((path) => /\.(jpe?g|png|pgm|tiff?|bmp)$/i.test(path)).sort()
      .map((path) => ({ path: join(data, folder, path), subject: subjectOf(path) }));
    if (typeof isChosenOn === 'boolean') return [{ name: folder, what, isChosenOn, pictures }];
    const [chosen, judged] = [true, false].map((wanted) => pictures.filter(({ subject }) => isChosenOn(subject) === wanted));
    return [{ name: `${folder}, half of the people`, what, isChosenOn: true, pictures: chosen! }, { name: `${folder}, the other half`, what, isChosenOn: false, pictures: judged! }];
  });
}
