import type { IpcMain } from 'electron';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzzTable, requestsInOrder } from '../contract/wire/test-support/fuzz-table.ts';
import { hostileIdentifiers, hostileWords } from '../contract/wire/test-support/hostile-values.ts';
import { requestTable } from '../contract/requests.ts';
import type { HostileGround } from '../workflows/test-support/hostile-ground.ts';
import { openHostileGround } from '../workflows/test-support/hostile-ground.ts';
import { answerAppRequest } from './app-protocol.ts';
import { openAskChannel } from './ask-channel.ts';
import { ipcMain, ipcRenderer } from './test-support/electron-stand-in.ts';

let ground: HostileGround;
const ask = (name: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke('likeness:ask', name, input);

beforeAll(async () => {
  ground = await openHostileGround();
  const seat = ground.laboratory.desk.seat();
  openAskChannel(ipcMain as unknown as Pick<IpcMain, 'handle'>, {
    handlers: seat.handlers, permit: seat.permit,
    reportFault: (fault) => ground.faults.push(fault),
    chooseFolder: () => Promise.resolve(null),
  });
});
afterAll(() => ground.leave());

describe('what a window that was taken over may send', () => {
  it('finds no picture by an identifier that leads elsewhere', async () => {
    const { laboratory: { desk } } = ground;
    for (const id of [...hostileWords, ...hostileIdentifiers, ...ground.named.paths]) {
      const address = `app://likeness/images/${encodeURIComponent(id.toWellFormed())}?size=1e999`;
      const reply = await answerAppRequest({ windowFolder: ground.laboratory.home, image: desk.image }, new Request(address));
      expect(reply.status, id).toBe(404);
      for (const secret of ground.secrets) expect(await reply.clone().text()).not.toContain(secret);
    }
  });

  it('is answered in kind, request by request, and leaves no trace where nothing may be', { timeout: 600_000 }, async () => {
    expect(requestsInOrder().toSorted()).toEqual(Object.keys(requestTable).toSorted());
    const { asked, answered, complaints } = await fuzzTable({ ...ground, ask, runs: 12, isThorough: true, afterEach: ground.stopJobs });
    console.log(`${String(asked)} hostile requests over IPC, ${String(answered)} of them answered, all others refused in words.`);
    expect(complaints).toEqual([]);
    expect(ground.faults).toEqual([]);
    expect(ground.trespasses()).toEqual([]);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    expect(await ask('desk.state', {})).toMatchObject({ ok: true, value: { host: 'browser' } });
  });
});
