import { expect, it } from 'vitest';
import { readServerOptions, UsageError } from './server-options.ts';

it('reads the options, the last word of two counts', () => {
  expect(readServerOptions([], '/home')).toEqual({ port: 0, home: '/home', opensBrowser: false, asJson: false });
  expect(readServerOptions(['--open', '--port', '8123', '--home', '/h', '--no-open', '--json'], '/home')).toEqual({ port: 8123, home: '/h', opensBrowser: false, asJson: true });
});

it('refuses what it does not know', () => {
  for (const words of [['--prot', '1'], ['--port', 'x'], ['--port', '70000'], ['--port', '-1'], ['file']]) {
    expect(() => readServerOptions(words, '/home'), words.join(' ')).toThrow(UsageError);
  }
});
