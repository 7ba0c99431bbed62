import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import { instantsOfAudit } from '../contract/requests/audit.ts';
import type { SubjectCard } from '../contract/requests/gallery.ts';
import { listModels } from '../store/models.ts';
import { knownSubject } from './gallery.ts';
import { templateModel } from './models.ts';
import { fillExportFolder, newExportFolder } from './new-export-folder.ts';
import type { Workbench } from './workbench.ts';

/** Everything that is held about a person, readable without Likeness: for whoever asks what is known of them. */
export async function exportSubject(workbench: Workbench, subjectId: string, wanted: string | null): Promise<{ folder: string; files: string[] }> {
  const subject = await knownSubject(workbench, subjectId);
  const folder = await newExportFolder(wanted ?? join(workbench.home, 'exports'), { words: 'person', id: subjectId });
  return fillExportFolder(folder, () => writeSubject(workbench, subject, folder));
}

async function writeSubject(workbench: Workbench, subject: SubjectCard, folder: string): Promise<{ folder: string; files: string[] }> {
  const { gallery, audit, database } = workbench.store;
  const held = await gallery.readConsent(subject.id);
  const pictures = await Promise.all((await gallery.listSamples(subject.id, null)).map(async ({ hasTemplate: _ofNoModel, ...sample }, index) => {
    const picture = await gallery.readSample(sample.id);
    if (picture === undefined) throw new RequestError('conflict', 'A sample was deleted while it was exported. Export again.');
    // The name that it came with may be anything; what it was stands in person.json.
    const file = `picture-${String(index + 1).padStart(2, '0')}${/\.[A-Za-z0-9]{1,5}$/.exec(sample.fileName)?.[0] ?? ''}`;
    await writeFile(join(folder, file), picture.bytes, { mode: 0o600 });
    return { ...sample, file };
  }));
  const templates = [];
  const { current } = await gallery.protections.read();
  for (const model of listModels(database)) {
    for (const { sampleId, vector } of await gallery.listReferences(subject.id, templateModel(model, current))) {
      templates.push({ sampleId, transform: current.transform, model: { id: model.id, name: model.name, weightsHash: model.weightsHash }, vector: [...vector] });
    }
  }
  const { lines } = audit.list({ action: null, subjectId: subject.id, offset: 0, limit: 1_000_000 });
  const { id, name, note, createdAt } = subject;
  const person = { exportedAt: new Date().toISOString(), person: { id, name, note, enrolledAt: createdAt, ...held }, samples: pictures, templates, audit: lines };
  await writeFile(join(folder, 'person.json'), `${JSON.stringify(person, inWords, 2)}\n`, { mode: 0o600 });
  return { folder, files: ['person.json', ...pictures.map(({ file }) => file)] };
}

const instants: ReadonlySet<string> = new Set([...instantsOfAudit, 'enrolledAt', 'createdAt', 'givenAt', 'replacedAt']);

/** Moments as people read them. */
function inWords(key: string, value: unknown): unknown {
  return instants.has(key) && typeof value === 'number' ? new Date(value).toISOString() : value;
}
