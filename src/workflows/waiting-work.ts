import { offerPretrained } from './pretrained-model.ts';
import { startReEmbedding } from './re-embed.ts';
import type { SearchableGallery } from './searchable-gallery.ts';
import { takeOverSharedModels } from './shared-models.ts';
import { resumeChange } from './templates/gallery-protection.ts';
import type { Workbench } from './workbench.ts';

/**
 * The work that waits until the store is open: at the start, or when it is unlocked. Models of the gallery's other stations come, the demo and the
 * pretrained model are made, what was interrupted goes on, and missing templates are made.
 *
 * @param openDemo makes the demo or goes on with it where there is to be one; resolves with its job, or null.
 */
export async function startWaitingWork(workbench: Workbench, searchable: SearchableGallery, openDemo: () => Promise<string | null>): Promise<void> {
  // First those of the server: what every station has is one model then.
  await takeOverSharedModels(workbench);
  const demoJob = await openDemo();
  await offerPretrained(workbench);
  if (workbench.host === 'terminal') return;
  await resumeChange(workbench, searchable);
  if (demoJob === null) await startReEmbedding(workbench);
}
