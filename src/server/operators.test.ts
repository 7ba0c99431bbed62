import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskEvent } from '../contract/events.ts';
import type { Answer, RequestName } from '../contract/requests.ts';
import { requestTable } from '../contract/requests.ts';
import type { Role } from '../contract/requests/operators.ts';
import { mayAsk, whoMay } from '../contract/roles.ts';
import { decodeBytes, encodeBytes } from '../contract/wire/bytes.ts';
import type { Laboratory } from '../workflows/test-support/laboratory.ts';
import { openLaboratory, putFace, trainModel } from '../workflows/test-support/laboratory.ts';
import type { BrowserHost } from './serve.ts';
import { serveDesk } from './serve.ts';

const passphrase = (name: string): string => `${name} has a passphrase`;
const roles = ['operator', 'researcher', 'administrator'] as const;

let laboratory: Laboratory;
let host: BrowserHost;
let pictures: { gallery: string; shelf: string; laboratory: string };
let subjectId: string;
const browsers = new Map<Role | 'nobody', Browser>();

/** A browser that was let in: asks, pictures and events with a cookie of its own. */
interface Browser {
  ask: (name: string, input: unknown) => Promise<Answer<unknown>>;
  statusOf: (path: string) => Promise<number>;
  events: () => Promise<{ heard: DeskEvent[]; stop: () => void }>;
}

async function openBrowser(): Promise<Browser> {
  const base = `http://127.0.0.1:${String(host.port)}`;
  const entry = await fetch(host.address(), { redirect: 'manual' });
  const headers = { cookie: (entry.headers.get('set-cookie') ?? '').split(';')[0] ?? '', origin: base };
  return {
    ask: async (name, input) => {
      const reply = await fetch(`${base}/ask/${name}`, { method: 'POST', body: encodeBytes(input), headers: { ...headers, 'content-type': 'application/json' } });
      return decodeBytes(await reply.text()) as Answer<unknown>;
    },
    statusOf: async (path) => (await fetch(base + path, { headers })).status,
    events: async () => {
      const closing = new AbortController();
      const reply = await fetch(`${base}/events`, { headers, signal: closing.signal });
      const heard: DeskEvent[] = [];
      void (async () => {
        for await (const text of reply.body!.pipeThrough(new TextDecoderStream())) {
          for (const [, line] of text.matchAll(/^data: (.*)$/gm)) heard.push(decodeBytes(line!) as DeskEvent);
        }
      })().catch(() => undefined);
      return { heard, stop: () => { closing.abort(); } };
    },
  };
}

beforeAll(async () => {
  laboratory = await openLaboratory();
  const windowFolder = join(laboratory.home, 'window');
  mkdirSync(windowFolder);
  writeFileSync(join(windowFolder, 'index.html'), '<!doctype html>');
  const { datasetId } = await trainModel(laboratory);
  const shelf = await putFace(laboratory, 'anna', 1);
  const { subject } = await laboratory.ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [shelf] });
  subjectId = subject!.id;
  const [sample] = (await laboratory.ask('subjects.get', { subjectId })).samples;
  const { subjects } = await laboratory.ask('datasets.subjects', { datasetId });
  pictures = { gallery: sample!.imageId, shelf, laboratory: subjects[0]!.images[0]!.imageId };
  host = await serveDesk({ desk: laboratory.desk, windowFolder, port: 0, reportFault: () => undefined, onNewAddress: () => undefined });
  const administrator = await openBrowser();
  await administrator.ask('operators.add', { name: 'administrator', role: 'administrator', passphrase: passphrase('administrator') });
  browsers.set('administrator', administrator).set('nobody', await openBrowser());
  for (const role of ['operator', 'researcher'] as const) {
    expect(await administrator.ask('operators.add', { name: role, role, passphrase: passphrase(role), own: passphrase('administrator') })).toMatchObject({ ok: true });
    const browser = await openBrowser();
    expect(await browser.ask('session.signIn', { name: role, passphrase: passphrase(role) })).toMatchObject({ ok: true, value: { operator: { role } } });
    browsers.set(role, browser);
  }
});

afterAll(async () => {
  await host.close();
  await laboratory.leave();
});

/** With an input that fits nothing, so that what is allowed is refused for that, and nothing is done. */
const codeOf = async (browser: Browser, name: string): Promise<string> => {
  const reply = await browser.ask(name, { fits: 'nothing' });
  return reply.ok ? 'answered' : reply.code;
};

describe.each(roles)('over HTTP %s', (role) => {
  it('is answered what the table allows, and refused the rest', async () => {
    for (const name of Object.keys(requestTable) as RequestName[]) {
      expect(await codeOf(browsers.get(role)!, name), name).toBe(mayAsk(name, role) ? 'invalid-input' : 'not-allowed');
    }
  });

  it('sees the pictures of its own work', async () => {
    const seen = { operator: { gallery: 200, shelf: 200, laboratory: 403 }, researcher: { gallery: 403, shelf: 403, laboratory: 200 }, administrator: { gallery: 200, shelf: 200, laboratory: 200 } }[role];
    for (const [kind, status] of Object.entries(seen)) {
      const id = pictures[kind as keyof typeof pictures];
      // Twice: the second time it has been rendered before.
      expect([await browsers.get(role)!.statusOf(`/images/${id}`), await browsers.get(role)!.statusOf(`/images/${id}`)], kind).toEqual([status, status]);
      const looked = await browsers.get(role)!.ask('images.look', { picture: { imageId: id }, pipeline: 'face' });
      // What the engine then sees in it is another matter.
      expect(!looked.ok && looked.code === 'not-allowed', kind).toBe(status === 403);
    }
  });

  it('hears of its own work', async () => {
    const { heard, stop } = await browsers.get(role)!.events();
    await laboratory.ask('subjects.rename', { subjectId, name: `Anna of ${role}` });
    const { jobId } = await laboratory.ask('enrol.folder', { path: join(laboratory.home, 'pictures') });
    await laboratory.finished(jobId);
    await expect.poll(() => heard.some((event) => event.type === 'changed' && event.topic === 'desk')).toBe(true);
    stop();
    const aboutPeople = heard.filter((event) => event.type === 'job' || (event.type === 'changed' && event.topic === 'subjects'));
    expect(aboutPeople.length > 0).toBe(role !== 'researcher');
    const jobs = await browsers.get(role)!.ask('jobs.list', {});
    const kinds = new Set((jobs as { value: { kind: string }[] }).value.map(({ kind }) => kind));
    expect({ trains: kinds.has('train'), enrols: kinds.has('enrol-folder') }).toEqual({ trains: role !== 'operator', enrols: role !== 'researcher' });
    const job = await browsers.get(role)!.ask('jobs.get', { jobId });
    expect(job.ok ? null : job.code).toBe(role === 'researcher' ? 'not-allowed' : null);
  });
});

describe('a browser where nobody is signed in', () => {
  it('is answered nothing but signing in', async () => {
    for (const name of Object.keys(requestTable) as RequestName[]) {
      expect(await codeOf(browsers.get('nobody')!, name), name).toBe(whoMay[name] === 'anybody' ? 'invalid-input' : 'not-signed-in');
    }
  });

  it('gets no picture and hears no event, until somebody signs in there', async () => {
    const nobody = browsers.get('nobody')!;
    for (const id of Object.values(pictures)) expect(await nobody.statusOf(`/images/${id}`)).toBe(403);
    const { heard, stop } = await nobody.events();
    await laboratory.ask('subjects.rename', { subjectId, name: 'Anna again' });
    await nobody.ask('session.signIn', { name: 'operator', passphrase: passphrase('operator') });
    expect(heard.every((event) => event.type === 'changed' && event.topic === 'session')).toBe(true);
    await laboratory.ask('subjects.rename', { subjectId, name: 'Anna' });
    await expect.poll(() => heard.some((event) => event.type === 'changed' && event.topic === 'subjects')).toBe(true);
    stop();
    await nobody.ask('session.signOut', {});
  });

  it('does not get in with what another one signed in for', async () => {
    expect(await browsers.get('nobody')!.ask('session.state', {})).toEqual({ ok: true, value: { mustSignIn: true, operator: null } });
    expect(await browsers.get('researcher')!.ask('session.state', {})).toMatchObject({ value: { operator: { role: 'researcher' } } });
  });
});

it('hands a researcher no export of a person and no audit', async () => {
  const { value: person } = (await browsers.get('administrator')!.ask('subjects.export', { subjectId })) as { value: { folder: string } };
  const { value: log } = (await browsers.get('administrator')!.ask('audit.export', {})) as { value: { file: string } };
  for (const wanted of [{ folder: person.folder, file: 'person.json' }, { folder: join(log.file, '..'), file: log.file.split('/').at(-1) }]) {
    expect(await browsers.get('researcher')!.ask('exports.read', wanted)).toMatchObject({ ok: false, code: 'not-allowed' });
    expect(await browsers.get('administrator')!.ask('exports.read', wanted)).toMatchObject({ ok: true });
  }
});
