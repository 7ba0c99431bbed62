import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { split } from '../contract/requests/datasets.ts';
import { shippedModel } from './shipped-models.ts';

/** What resources/demo/demo.json says: build/make-demo.ts wrote it when it trained the model that lies beside it. */
export const demoDescription = z.object({
  title: z.string(),
  credit: z.string(),
  dataset: z.object({ name: z.string(), split }),
  model: shippedModel,
  /** How the model was made and what it scored then; for readers, not for the product. */
  origin: z.object({ madeBy: z.string(), device: z.string(), testEer: z.number(), seconds: z.number() }),
});
export type DemoDescription = z.infer<typeof demoDescription>;

export interface DemoResources extends DemoDescription {
  manifest: string;
  weights: string;
}

/** The demo that ships with the product; null where it does not. */
export async function readDemo(resources: string): Promise<DemoResources | null> {
  const folder = join(resources, 'demo');
  const text = await readFile(join(folder, 'demo.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const description = demoDescription.parse(JSON.parse(text));
  return { ...description, manifest: join(folder, 'faces', 'manifest.csv'), weights: join(folder, 'demo.safetensors') };
}
