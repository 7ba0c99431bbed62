import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';
import type { Handlers } from '../../contract/requests.ts';
import type { AuditLine as ToldLine, AuditVerdict } from '../../contract/requests/audit.ts';
import type { AuditLine } from '../../store/audit/audit-trail.ts';
import type { Store } from '../../store/store.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { Workbench } from '../workbench.ts';
import { writeWholeFile } from '../write-whole-file.ts';

type AuditHandlers = Pick<Handlers, 'audit.list' | 'audit.verify' | 'audit.export' | 'receipts.list' | 'receipts.verify'>;

/** What was done with people's data: to read, to check, to hand out. */
export function auditHandlers({ home, store }: Workbench): AuditHandlers {
  const { audit, receipts } = store;
  return {
    'audit.list': async (query) => {
      const { total, lines } = audit.list(query);
      return { total, lines: await named(store, lines), actions: audit.actions() };
    },
    'audit.verify': ({ head }) => verdict(store, head),
    'audit.export': async ({ file }) => {
      if (file !== null) refuseExisting(file);
      const lines = audit.all();
      const target = file ?? join(home, 'exports', `audit-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.jsonl`);
      if (file === null) await mkdir(join(home, 'exports'), { recursive: true, mode: 0o700 });
      await writeWholeFile(target, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return { file: target, lines: lines.length };
    },
    'receipts.list': () => receipts.list(),
    'receipts.verify': () => receipts.verify(),
  };
}

function verdict({ audit }: Store, written: string | null): AuditVerdict {
  const { lines, problem, head } = audit.verify();
  return {
    isWhole: problem === null && (written === null || isStillThere(audit, written)),
    lines,
    problem: problem ?? (written === null || isStillThere(audit, written) ? null : { sequence: lines, kind: 'rolled-back', message: 'The line that was written down is not in this log: it was put back to an older state, or is another store\'s.' }),
    head: head && `${head.sequence}:${head.mac}`,
  };
}

/** @throws RequestError('invalid-input') for words that are no head. */
function isStillThere(audit: Store['audit'], written: string): boolean {
  const [, sequence, mac] = /^(\d+):([A-Za-z0-9+/]+=*)$/.exec(written.trim()) ?? [];
  if (sequence === undefined) throw new RequestError('invalid-input', 'A head looks like "123:hash", as likeness audit verify prints it.');
  return audit.macOf(Number(sequence)) === mac;
}

async function named({ gallery }: Store, lines: readonly AuditLine[]): Promise<ToldLine[]> {
  const ids = [...new Set(lines.flatMap(({ subjectId }) => subjectId ?? []))];
  const names = new Map(await Promise.all(ids.map(async (id) => [id, (await gallery.findSubject(id, null))?.name ?? null] as const)));
  return lines.map((line) => ({ ...line, name: line.subjectId === null ? null : (names.get(line.subjectId) ?? null) }));
}
