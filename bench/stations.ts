import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { rekeySharedStore } from '../src/store/postgres/rekey-shared.ts';
import type { Enrolment } from '../src/store/gallery.ts';
import type { Store } from '../src/store/store.ts';
import { query, startPostgres, whyNoPostgres } from '../src/store/test-support/postgres-server.ts';
import { firstStation } from '../src/store/test-support/stations.ts';
import { aModel } from '../src/store/test-support/sample-rows.ts';
import { temporaryHome } from '../src/store/test-support/temporary-home.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { seconds } from './shared/seconds.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

/**
 * npm run bench -- stations [ENROLLED] [COPIES]: how long a change by another station of a gallery on PostgreSQL waits while this one gives everybody new
 * keys, and while it puts all templates under a new key. Keys are given to what was enrolled; for the templates, whose last step moves rows
 * and opens none, every row is there so many times. Five templates of 512 numbers and pictures of 4 kB a person.
 */
const [enrolled = 5000, copies = 40] = process.argv.slice(2).map(Number);
const samplesOfPerson = 5;
const pictureBytes = 4096;
const size = 512;
const peopleAtOnce = 100;
const askedEveryMs = 100;

function enrolmentsOf(person: number): Enrolment[] {
  const subject = { id: `subject-${person}`, name: `Person ${person}`, note: '', isDemo: false, createdAt: 1 };
  return Array.from({ length: samplesOfPerson }, (_, index) => {
    const bytes = randomBytes(pictureBytes);
    const sample = { id: `sample-${person}-${index}`, fileName: 'a.png', bytes, width: 64, height: 64, sha256: bytes.toString('hex', 0, 32), quality: null, isDemo: false, createdAt: 1 };
    return { subject, sample, template: { ...madeBy, vector: Float32Array.from({ length: size }, () => Math.random()) } };
  });
}

const model = aModel('model-1', 'weights-1', size);
const madeBy = { modelId: model.id, weightsHash: model.weightsHash, size, protection: '' };

async function fill({ gallery }: Store): Promise<void> {
  for (let person = 0; person < enrolled / samplesOfPerson; person += peopleAtOnce) {
    await gallery.enrolMany(Array.from({ length: peopleAtOnce }, (_, index) => enrolmentsOf(person + index)).flat());
  }
}

interface Timed {
  wholeMs: number;
  /** The longest that a change by another station had to wait. */
  waitedMs: number;
}

async function timed(address: string, work: () => Promise<unknown>): Promise<Timed> {
  let [isAtWork, waitedMs] = [true, 0];
  const waiting = (async () => {
    while (isAtWork) {
      const asked = performance.now();
      await query(address, 'SELECT value FROM likeness.revisions FOR UPDATE');
      waitedMs = Math.max(waitedMs, performance.now() - asked);
      await sleep(askedEveryMs);
    }
  })();
  const start = performance.now();
  await work();
  const wholeMs = performance.now() - start;
  isAtWork = false;
  await waiting;
  return { wholeMs, waitedMs };
}

/** Every row so many times, under names of its own; no copy could be opened. */
async function multiply(address: string): Promise<void> {
  const others = `generate_series(2, ${copies}) AS n`;
  await query(address, `
    INSERT INTO likeness.subjects (id, name_tag, key, details, is_demo, created_at, revision)
      SELECT id || '-' || n, name_tag || int4send(n), key, details, is_demo, created_at, revision FROM likeness.subjects, ${others};
    INSERT INTO likeness.samples (id, subject_id, content_tag, details, width, height, is_demo, created_at, bytes)
      SELECT id || '-' || n, subject_id || '-' || n, content_tag, details, width, height, is_demo, created_at, '' FROM likeness.samples, ${others};
    INSERT INTO likeness.templates (sample_id, model_id, weights_hash, size, protection, vector)
      SELECT sample_id || '-' || n, model_id, weights_hash, size, protection, vector FROM likeness.templates, ${others}`);
  await query(address, 'VACUUM ANALYZE');
}

/** All templates of the gallery beside themselves, as those of a planned re-issue; then they take their place. */
async function reissue(address: string, { gallery: { protections } }: Store): Promise<Timed> {
  const { id } = await protections.plan('random-orthogonal');
  await query(address, `INSERT INTO likeness.next_templates SELECT sample_id, model_id, weights_hash, size, '${id}', vector FROM likeness.templates`);
  return timed(address, async () => {
    const outcome = await protections.adopt({ id, needed: 'all', without: [] });
    if (outcome?.missing !== 0) throw new Error('The new templates are not all there.');
  });
}

const reason = whyNoPostgres();
if (reason !== null) throw new Error(`There is no server to measure on: ${reason}.`);
const loadBefore = loadavg()[0]!;
const server = await startPostgres();
using home = temporaryHome();
try {
  const address = await server.freshDatabase();
  const store = await firstStation(home.path, address, model);
  await fill(store);
  const rekeyed = await timed(address, () => rekeySharedStore(store, store.server!, { passphrase: null, usesSystem: false }));
  await multiply(address);
  const reissued = await reissue(address, store);
  const row = (deed: string, templates: number, { wholeMs, waitedMs }: Timed): string => `| ${deed} | ${templates.toLocaleString('en-GB')} | ${seconds(wholeMs / 1000)} | ${seconds(waitedMs / 1000)} |`;
  const rows = [row('New keys for everybody (`likeness protect rotate`)', enrolled, rekeyed), row('Last step of a re-issue of templates (`likeness protect --reissue`)', enrolled * copies, reissued)];
  writeSection('stations', `## What holds a gallery on a server for longer

\`npm run bench -- stations\`: ${samplesOfPerson} templates of ${size} numbers a person, each with a picture of ${pictureBytes / 1024} kB, on a PostgreSQL of this machine. While the gallery is locked other stations read, verify and identify; what they want to change waits 10 seconds and is then told who is at what.

| Deed | Templates | In all | Longest wait of a change by another station |
|---|--:|--:|--:|
${rows.join('\n')}

- **Where and when**: ${whereAndWhen()}; load average ${loadBefore.toFixed(2)} before.
- **What is timed**: from the call to its end; the wait, by asking for the lock that every change takes, again and again without the limit of 10 seconds. The last step of a re-issue moves rows and opens none, so it is timed on copies of them.`);
  console.log(rows.join('\n'));
  await store.close();
} finally {
  await server.remove();
}
