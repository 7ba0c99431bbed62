import type { SampleQuality } from '../../contract/requests/inspections.ts';
import type { GalleryParts } from './sealed-gallery.ts';
import { sealSampleDetails, unsealSampleDetails, unwrapSubjectKey } from './sealing.ts';

/** Keeps the quality of a sample that nobody had judged; of one that somebody else judges meanwhile the first judgement stays. */
export async function noteQuality({ rows, vault }: Pick<GalleryParts, 'rows' | 'vault'>, sampleId: string, quality: SampleQuality): Promise<void> {
  const keys = vault.keys();
  const row = await rows.readSample(sampleId);
  if (row === undefined) return;
  const key = unwrapSubjectKey(keys, row.subjectId, row.key);
  const known = unsealSampleDetails(key, sampleId, row.details);
  if (known.quality) return;
  await rows.updateSampleDetails({ id: sampleId, details: sealSampleDetails(key, sampleId, { ...known, quality }), was: row.details, epoch: keys.epoch });
}
