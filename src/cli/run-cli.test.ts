import { describe, expect, it } from 'vitest';
import { laboratory } from './test-support/laboratory.ts';

describe('the command line', () => {
  it('explains itself, with its exit codes', async () => {
    const lab = laboratory({});
    expect(await lab.run('help')).toBe(0);
    for (const word of ['doctor', 'dataset', 'train', 'runs', 'models', 'embed', 'enrol', 'verify', 'identify', 'evaluate', 'export', 'serve', 'demo', 'loss', 'Exit codes']) {
      expect(lab.stdout()).toContain(word);
    }
    expect(lab.homes).toEqual([]);
  });

  it('explains every command', async () => {
    for (const words of [['help', 'verify'], ['dataset', 'add', '--help'], ['train', '--help'], ['serve', '--help']]) {
      const lab = laboratory({});
      expect(await lab.run(...words), words.join(' ')).toBe(0);
      expect(lab.stdout()).toMatch(/^Usage: likeness /);
    }
  });

  it('says its version', async () => {
    const lab = laboratory({});
    expect(await lab.run('--version')).toBe(0);
    expect(lab.stdout()).toBe('1.2.3');
  });

  it('answers wrong usage with 2, on stderr', async () => {
    const ways = [['nonsense'], ['verify', 'Ann'], ['train'], ['train', '--dataset', 'a', '--resume', 'b'], ['identify', 'a.png', '--limit', '0'], ['enrol', 'Ann'],
      ['enrol', 'Ann', 'a.png', '--folder', 'b'], ['threshold', 'choose', 'zero'], ['evaluate', '--part', 'dev'], ['dataset', 'add', '.', '--split', 'x'], []];
    for (const words of ways) {
      const lab = laboratory({});
      expect(await lab.run(...words), words.join(' ')).toBe(2);
      expect(lab.stdout(), words.join(' ')).toBe('');
      expect(lab.stderr(), words.join(' ')).not.toBe('');
      expect(lab.homes).toEqual([]);
    }
  });

  it('works in the data folder it is given, and closes the desk', async () => {
    const lab = laboratory({});
    expect(await lab.run('dataset', 'list', '--home', '/elsewhere')).toBe(0);
    expect(lab.homes).toEqual(['/elsewhere']);
    expect(lab.desk.isClosed()).toBe(true);
    await lab.run('dataset', 'list');
    expect(lab.homes).toEqual(['/elsewhere', '/home/ann/.local/share/likeness']);
  });

  it('prints nothing but JSON on stdout with --json, errors too', async () => {
    const lab = laboratory({});
    expect(await lab.run('models', 'list', '--json')).toBe(0);
    expect(JSON.parse(lab.stdout())).toMatchObject([{ id: 'model-1' }]);
    const failing = laboratory({});
    expect(await failing.run('dataset', 'show', 'nobody', '--json')).toBe(1);
    expect(JSON.parse(failing.stdout())).toEqual({ error: { code: 'not-found', message: 'There is no dataset "nobody". Known: "orl".' } });
    expect(failing.stderr()).toBe('Error: There is no dataset "nobody". Known: "orl".');
  });

  it('says in one sentence that the data folder cannot be used', async () => {
    const lab = laboratory({});
    expect(await lab.run('doctor', '--home', '/locked')).toBe(1);
    expect(lab.stderr()).toBe('Error: The data folder /locked cannot be written.');
  });

  it('keeps the words of a bug out of the terminal and tells them to the log', async () => {
    const lab = laboratory({ 'runs.list': () => { throw new TypeError('undefined is not a secret'); } });
    expect(await lab.run('runs', 'list')).toBe(1);
    expect(lab.stderr()).toMatch(/^Error: Something went wrong inside Likeness/);
    expect(lab.stderr()).not.toContain('secret');
    expect(lab.faults).toMatchObject([{ request: 'runs.list' }]);
  });

  it('gives up a question at Ctrl-C with 130', async () => {
    const lab = laboratory({ 'device.report': () => new Promise(() => undefined) });
    const running = lab.run('doctor');
    await expect.poll(() => lab.homes.length).toBe(1);
    lab.interrupt();
    expect(await running).toBe(130);
    expect(lab.desk.isClosed()).toBe(true);
  });

  it('hands the browser host its options, and starts no desk of its own', async () => {
    const lab = laboratory({});
    expect(await lab.run('serve', '--port', '8123', '--no-open', '--home', '/h')).toBe(0);
    expect(lab.served).toEqual([['--port', '8123', '--home', '/h', '--no-open']]);
    expect(lab.homes).toEqual([]);
  });

  it('ends as the browser host ended', async () => {
    const lab = laboratory({}, { serve: () => Promise.resolve(1) });
    expect(await lab.run('serve')).toBe(1);
  });
});
