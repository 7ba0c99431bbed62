import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, extname, join, sep } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import { notFor } from '../contract/roles.ts';
import { actingOperator } from './operators/acting.ts';
import type { Workbench } from './workbench.ts';

const largestBytes = 64 * 1024 * 1024; // as much as a request may hold

const mimeTypes: Record<string, string> = {
  '.html': 'text/html', '.pdf': 'application/pdf', '.md': 'text/markdown', '.csv': 'text/csv', '.svg': 'image/svg+xml', '.json': 'application/json',
};

export function exportHandlers({ home }: Pick<Workbench, 'home'>): Pick<Handlers, 'exports.read'> {
  return {
    'exports.read': async ({ folder, file }) => {
      const path = await knownExport(home, join(folder, file));
      await judgeSight(home, path);
      const { size } = await stat(path);
      if (size > largestBytes) throw new RequestError('invalid-input', `${file} has ${Math.round(size / 1024 / 1024)} MB, more than the window can take. It lies in ${folder}.`);
      return { mimeType: mimeTypes[extname(file)] ?? 'application/octet-stream', bytes: new Uint8Array(await readFile(path)) };
    },
  };
}

/** What was exported of a person, and of the audit, is for administrators as the people and the audit are. */
async function judgeSight(home: string, path: string): Promise<void> {
  const operator = actingOperator();
  if (operator === null || operator.role === 'administrator') return;
  const folder = dirname(path);
  const isAudit = folder === (await realpath(join(home, 'exports')));
  const isPerson = await stat(join(folder, 'person.json')).then(() => true, () => false);
  if (isAudit || isPerson) throw notFor(['administrator'], operator);
}

/** The real path of a file below the exports, links resolved: nothing else on this machine is handed out here. */
async function knownExport(home: string, path: string): Promise<string> {
  const [exports, real] = await Promise.all([realpath(join(home, 'exports')).catch(() => null), realpath(path).catch(() => null)]);
  if (real === null || exports === null || !real.startsWith(exports + sep)) {
    throw new RequestError('not-found', `${path} is no file among the exports of this data folder. Export it again.`);
  }
  return real;
}
