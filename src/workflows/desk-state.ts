import { basename } from 'node:path';
import type { DeskState } from '../contract/requests/desk.ts';
import { countEverything } from '../store/counts.ts';
import { findDemoDataset } from '../store/datasets.ts';
import { modelCard, modelInUse } from './models.ts';
import { protectionOf } from './protection.ts';
import { templateProtectionOf } from './templates/gallery-protection.ts';
import { thresholdFor } from './thresholds.ts';
import type { Workbench } from './workbench.ts';

/** What the header shows. */
export async function deskState({ home, host, version, store, device, engineState }: Workbench): Promise<DeskState> {
  const { database } = store;
  const model = modelInUse(database);
  const templates = await templateProtectionOf(store);
  const isDemo = findDemoDataset(database) !== undefined;
  return {
    project: { name: isDemo ? 'Demo project' : basename(home), isDemo, folder: home, server: store.server?.address.text ?? null },
    model: model === undefined ? null : await modelCard(store, model),
    threshold: model === undefined ? null : thresholdFor(database, { modelId: model.id, transform: templates.transform }),
    device: device.measured(),
    engine: engineState(),
    counts: { ...countEverything(database), ...(await store.gallery.count()) },
    protection: protectionOf(store),
    templates,
    host,
    version,
  };
}
