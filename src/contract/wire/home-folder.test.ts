import { expect, it } from 'vitest';
import { defaultHome } from './home-folder.ts';

it('is what LIKENESS_HOME says, on every platform', () => {
  for (const platform of ['linux', 'darwin', 'win32']) {
    expect(defaultHome({ platform, env: { LIKENESS_HOME: '/data/lab' }, userFolder: '/home/ann' })).toBe('/data/lab');
  }
});

it('is the place the platform has for data', () => {
  expect(defaultHome({ platform: 'linux', env: {}, userFolder: '/home/ann' })).toBe('/home/ann/.local/share/likeness');
  expect(defaultHome({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, userFolder: '/home/ann' })).toBe('/data/likeness');
  expect(defaultHome({ platform: 'darwin', env: {}, userFolder: '/Users/ann' })).toBe('/Users/ann/Library/Application Support/Likeness');
  expect(defaultHome({ platform: 'win32', env: { LOCALAPPDATA: 'D:\\Local' }, userFolder: 'C:\\Users\\ann' })).toBe('D:\\Local\\Likeness');
  expect(defaultHome({ platform: 'win32', env: {}, userFolder: 'C:\\Users\\ann' })).toBe('C:\\Users\\ann\\AppData\\Local\\Likeness');
});

it('ignores empty settings, and relative ones that the standard forbids', () => {
  expect(defaultHome({ platform: 'linux', env: { LIKENESS_HOME: '', XDG_DATA_HOME: '' }, userFolder: '/home/ann' })).toBe('/home/ann/.local/share/likeness');
  expect(defaultHome({ platform: 'linux', env: { XDG_DATA_HOME: 'data' }, userFolder: '/home/ann' })).toBe('/home/ann/.local/share/likeness');
});
