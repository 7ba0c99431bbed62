import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the crops of a dataset's pictures are kept by content. They show people: the folder is this user's only, and goes with the dataset. */
export function cropFolder(home: string, datasetId: string): string {
  return join(home, 'crops', datasetId);
}

export async function removeCrops(home: string, datasetId: string): Promise<void> {
  await rm(cropFolder(home, datasetId), { recursive: true, force: true });
}
