import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateDataset } from './dataset-layout.ts';
import { scanFolders } from './scan-folders.ts';
import { scanManifest } from './scan-manifest.ts';
import { writeFiles } from './test-support/laboratory.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'likeness-scan-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a folder for each subject', () => {
  it('is read in natural order, whatever else lies there', async () => {
    writeFiles(root, { 's10/1.png': '', 's2/10.jpg': '', 's2/9.JPG': '', 's2/notes.txt': '', 'readme.md': '', 's2/.hidden.png': '', '.git/x.png': '' });
    mkdirSync(join(root, 's3'));
    const scan = await scanFolders(root);
    expect(scan.images.map(({ path, subject }) => [path, subject])).toEqual([['s2/9.JPG', 's2'], ['s2/10.jpg', 's2'], ['s10/1.png', 's10']]);
    expect(scan).toMatchObject({ emptyFolders: ['s3'], skippedFiles: 2, unreadable: [], notes: [] });
  });

  it('takes a name that repeats in two places as one subject, and says so', async () => {
    writeFiles(root, { 'gallery/anna/1.png': '', 'probes/anna/2.png': '', 'probes/bob/1.png': '' });
    const scan = await scanFolders(root);
    expect(scan.images.map(({ subject }) => subject)).toEqual(['anna', 'anna', 'bob']);
    expect(scan.notes).toEqual([{ text: '1 subject folder name stands in several places and is one subject', example: '"anna": gallery/anna, probes/anna' }]);
  });

  it('reports pictures outside any subject folder', async () => {
    writeFiles(root, { 'loose.png': '', 'anna/1.png': '' });
    const scan = await scanFolders(root);
    expect(scan.images.map(({ path }) => path)).toEqual(['anna/1.png']);
    expect(scan.unreadable).toEqual([{ path: 'loose.png', reason: expect.stringMatching(/outside any subject folder/) }]);
  });

  it('follows links to files, and not links to folders, which could lead in circles', async () => {
    writeFiles(root, { 'anna/1.png': '' });
    symlinkSync(join(root, 'anna', '1.png'), join(root, 'anna', '2.png'));
    symlinkSync(root, join(root, 'anna', 'circle'));
    expect((await scanFolders(root)).images.map(({ path }) => path)).toEqual(['anna/1.png', 'anna/2.png']);
  });

  it('is refused with a reason when the folder is not there', async () => {
    await expect(scanFolders(join(root, 'gone'))).rejects.toMatchObject({ code: 'bad-dataset', message: expect.stringMatching(/cannot be read.*Check that it exists/) });
  });
});

describe('a manifest', () => {
  it('names pictures relative to itself, with subject or label, and keeps the other columns', async () => {
    writeFiles(root, {
      'a.png': '', 'deep/b.png': '',
      'list.csv': '\ufeffPath,Label,pose,"said, so"\na.png,anna,left,"yes, ""indeed"""\ndeep/b.png,bob,,\n',
    });
    const scan = await scanManifest(join(root, 'list.csv'));
    expect(scan.images).toEqual([
      { path: 'a.png', subject: 'anna', metadata: { pose: 'left', 'said, so': 'yes, "indeed"' } },
      { path: 'deep/b.png', subject: 'bob', metadata: { pose: '', 'said, so': '' } },
    ]);
    expect(scan.columns).toEqual(['pose', 'said, so']);
  });

  it('reports rows without a picture, a subject or a file, and goes on', async () => {
    writeFiles(root, { 'a.png': '', 'list.csv': 'subject,path\nanna,a.png\n,a.png\nbob,\ncarl,gone.png\n' });
    const scan = await scanManifest(join(root, 'list.csv'));
    expect(scan.images).toHaveLength(1);
    expect(scan.unreadable).toEqual([
      { path: 'a.png', reason: 'Row 3 names no subject.' },
      { path: 'row 4', reason: 'Row 4 names no picture.' },
      { path: 'gone.png', reason: 'Row 5 names a file that is not there.' },
    ]);
  });

  it.each([
    ['', /is empty/],
    ['name,age\nanna,3\n', /needs the columns "path" and "subject".*it has: name, age/],
    ['path,subject\n"a.png,anna\n', /cannot be read as a CSV table/],
  ])('is refused with a reason: %j', async (content, reason) => {
    writeFiles(root, { 'list.csv': content });
    await expect(scanManifest(join(root, 'list.csv'))).rejects.toMatchObject({ code: 'bad-dataset', message: expect.stringMatching(reason) });
  });

  it('in another encoding is refused: two people could become one', async () => {
    writeFileSync(join(root, 'list.csv'), Buffer.from('path,subject\na.png,M\u00fcller\nb.png,M\u00f6ller\n', 'latin1'));
    await expect(scanManifest(join(root, 'list.csv'))).rejects.toMatchObject({ code: 'bad-dataset', message: expect.stringMatching(/list\.csv is not UTF-8 text/) });
  });

  it.each(['gone.csv', 'folder'])('a manifest that cannot be read is an error in words, not the end of the process: %s', async (name) => {
    mkdirSync(join(root, 'folder'));
    await expect(scanManifest(join(root, name))).rejects.toMatchObject({ code: 'bad-dataset', message: expect.stringContaining(name) });
  });
});

describe('finding out the layout', () => {
  it('tells manifest, ORL and folders apart', async () => {
    writeFiles(root, { 'orl/s1/1.pgm': '', 'orl/s2/1.pgm': '', 'folders/anna/1.png': '', 'csv/Manifest.CSV': '' });
    expect(await locateDataset(join(root, 'orl'), 'auto')).toEqual({ layout: 'orl', path: join(root, 'orl') });
    expect(await locateDataset(join(root, 'folders'), 'auto')).toEqual({ layout: 'folders', path: join(root, 'folders') });
    expect(await locateDataset(join(root, 'csv'), 'auto')).toEqual({ layout: 'csv', path: join(root, 'csv', 'Manifest.CSV') });
    expect(await locateDataset(join(root, 'orl'), 'folders')).toEqual({ layout: 'folders', path: join(root, 'orl') });
  });

  it('refuses what is not there, or is not what was asked for', async () => {
    writeFiles(root, { 'folders/anna/1.png': '' });
    await expect(locateDataset(join(root, 'gone'), 'auto')).rejects.toMatchObject({ message: expect.stringMatching(/There is nothing at/) });
    await expect(locateDataset(join(root, 'folders'), 'orl')).rejects.toMatchObject({ message: expect.stringMatching(/not the layout of the ORL/) });
    await expect(locateDataset(join(root, 'folders'), 'csv')).rejects.toMatchObject({ message: expect.stringMatching(/without a manifest.csv/) });
  });
});
