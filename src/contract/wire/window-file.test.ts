import { expect, it } from 'vitest';
import { windowFile } from './window-file.ts';

const asked: string[] = [];
const folder = {
  readPage: () => Promise.resolve('<meta nonce="LIKENESS-STYLE-NONCE"><link nonce="LIKENESS-STYLE-NONCE">'),
  readAsset: (steps: string[]) => {
    asked.push(steps.join('/'));
    return Promise.resolve(steps[1] === 'there.css' ? Uint8Array.of(1) : null);
  },
  freshNonce: () => 'fresh',
};

it('puts the nonce of this answer into the page and into its policy', async () => {
  const file = await windowFile(folder, '/train');
  expect(file?.body).toBe('<meta nonce="fresh"><link nonce="fresh">');
  expect(file?.headers['Content-Security-Policy']).toContain("'nonce-fresh'");
  expect(file?.headers['Cache-Control']).toBe('no-store');
});

it('gives files as they are, and nothing for what is not there or must not be', async () => {
  expect(await windowFile(folder, '/assets/there.css')).toMatchObject({ body: Uint8Array.of(1), headers: { 'Content-Type': 'text/css; charset=utf-8' } });
  expect(await windowFile(folder, '/assets/missing.css')).toBeNull();
  expect(await windowFile(folder, '/assets/../secret.css')).toBeNull();
  expect(await windowFile({ ...folder, readPage: () => Promise.resolve(null) }, '/')).toBeNull();
  expect(asked).toEqual(['assets/there.css', 'assets/missing.css']);
});
