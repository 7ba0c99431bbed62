import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';

export type Sensor = 'contactless' | 'contact';

/** One finger in one picture. */
export interface Row {
  path: string;
  /** Whose finger it is. */
  finger: string;
  person: string;
  /** Left or right, and which finger; empty where the manifest does not say. */
  hand: string;
  name: string;
  /** What was taken at once. */
  capture: string;
  sensor: Sensor;
  /** The set that a table is about. */
  set: string;
  /** In a photo of four fingers, of which the others are rows too. */
  isOfFour: boolean;
}

const NAMES = ['Index', 'Middle', 'Ring', 'Little'];

/**
 * The rows of a manifest with the columns path, label (or subject) and sample (or sensor). RidgeBase's labels say person, hand and finger;
 * a photo of four fingers becomes four rows. Any other label is a finger of its own person.
 */
export function readRows(manifest: string): Row[] {
  const records = parse(readFileSync(manifest), { columns: true, bom: true }) as Record<string, string>[];
  return records.flatMap((record): Row[] => {
    const path = join(dirname(manifest), record['path']!);
    const finger = (record['label'] ?? record['subject'])!;
    const sample = record['sensor'] ?? record['sample'] ?? '';
    const sensor: Sensor = /^(contactless|phone)/.test(sample) ? 'contactless' : 'contact';
    const [, person, hand, name] = /^(\d+)_(Left|Right)_(\w+)$/.exec(finger) ?? [];
    const set = basename(dirname(manifest));
    if (person === undefined) return [{ path, finger: `${set} ${finger}`, person: finger, hand: '', name: '', capture: path, sensor, set, isOfFour: false }];
    const row = { path, person, hand: hand!, capture: `${person} ${hand} ${sample}`, sensor };
    if (name !== 'fourfingers') return [{ ...row, finger, name: name!, set, isOfFour: false }];
    return NAMES.map((each) => ({ ...row, finger: `${person}_${hand}_${each}`, name: each, set: `${set} of four`, isOfFour: true }));
  });
}
