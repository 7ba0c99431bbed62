import { describe, expect, it } from 'vitest';
import { rekeyStore } from './protection/rekey.ts';
import { openStore } from './store.ts';
import { temporaryHome } from './test-support/temporary-home.ts';

const scan = { places: [{ place: 'exports', files: 4, withPieces: 1, withName: 0, withReference: 0 }], tables: [] };
const receipt = (subjectId: string) => ({ subjectId, deletedAt: 5, samples: 3, templates: 3, rowsLeft: 0, filesScanned: 4, filesLeft: 0, scan: subjectId === 'subject-1' ? null : scan });

describe('a receipt of a deletion', () => {
  it('is signed, can be checked after the keys were rotated, and shows any change', async () => {
    using home = temporaryHome();
    const store = openStore(home.path);
    expect(store.receipts.keep(receipt('subject-1')).signature).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    await rekeyStore(store.database, store.vault, { passphrase: null, usesSystem: false });
    for (const id of ['subject-2', 'subject-3', 'subject-4', 'subject-6']) store.receipts.keep(receipt(id));
    store.database.exec(`
      UPDATE deletion_receipts SET rows_left = 0, samples = 2 WHERE subject_id = 'subject-2';
      UPDATE deletion_receipts SET signature = (SELECT signature FROM deletion_receipts WHERE subject_id = 'subject-1'), key = 1 WHERE subject_id = 'subject-3';
      UPDATE deletion_receipts SET scan = replace(scan, '"withPieces":1', '"withPieces":0') WHERE subject_id = 'subject-6';
      INSERT INTO deletion_receipts (subject_id, deleted_at, samples, templates, rows_left) VALUES ('subject-5', 9, 1, 1, 0);`);
    expect(store.receipts.verify().map(({ receipt: { subjectId }, isGenuine }) => [subjectId, isGenuine])).toEqual([
      ['subject-1', true], ['subject-2', false], ['subject-3', false], ['subject-4', true], ['subject-6', false], ['subject-5', null],
    ]);
    store.close();
  });
});
