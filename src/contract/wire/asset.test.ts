import { expect, it } from 'vitest';
import { assetAt } from './asset.ts';

it('finds the built files and their types', () => {
  expect(assetAt('/assets/index-B1x_9.js')).toEqual({ isPage: false, steps: ['assets', 'index-B1x_9.js'], mimeType: 'text/javascript; charset=utf-8', isHashed: true });
  expect(assetAt('/favicon.svg')).toMatchObject({ steps: ['favicon.svg'], mimeType: 'image/svg+xml', isHashed: false });
});

it('gives the page for every place in the window, deep links too', () => {
  for (const place of ['/', '/index.html', '/train', '/gallery/subject:1.2', '/runs/2026-01-02T10.00.json', '/a%20b/']) {
    expect(assetAt(place), place).toEqual({ isPage: true });
  }
});

it('refuses to leave the folder, however it is written', () => {
  const ways = [
    '/..', '/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '/assets/%2e%2e%2fmain.js',
    '/assets/..%5c..%5cmain.js', '/.env', '/assets/.map', '/%00', '/assets/a%00.js', '/%zz', 'assets/a.js', '', '/C:%5Cwindows',
  ];
  for (const way of ways) expect(assetAt(way), way).toBeNull();
});

it('refuses a folder of files, and files of unknown kinds', () => {
  for (const path of ['/assets', '/assets/', '/assets/run.exe', '/assets/noextension']) expect(assetAt(path), path).toBeNull();
});
