import type { ScanReport } from '../contract/requests/deletion.ts';
import type { ScannedFile } from './scan-files.ts';

/** What Likeness itself puts into a data folder. */
const ownPlaces: ReadonlySet<string> = new Set([
  'likeness.sqlite', 'likeness.sqlite-wal', 'likeness.sqlite-shm', 'audit.head', 'store.key', 'crops', 'desks', 'exports', 'logs', 'models', 'runs', 'window',
]);

/** Counts of files that were read, by place; whatever is not Likeness's own is one place, since its names could say who it was. */
export function placesOf(scanned: readonly ScannedFile[]): ScanReport['places'] {
  const places = new Map<string, ScanReport['places'][number]>();
  for (const { file, isRead, holds } of scanned) {
    const first = file.split('/')[0]!;
    const place = ownPlaces.has(first) ? first : 'other';
    const counts = places.get(place) ?? { place, files: 0, withPieces: 0, withName: 0, withReference: 0 };
    counts.files += Number(isRead);
    counts.withPieces += Number(holds.includes('pieces'));
    counts.withName += Number(holds.includes('name'));
    counts.withReference += Number(holds.includes('reference'));
    places.set(place, counts);
  }
  return [...places.values()].sort((one, other) => one.place.localeCompare(other.place));
}
