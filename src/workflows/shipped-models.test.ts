import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import type { TemporaryHome } from '../store/test-support/temporary-home.ts';
import { temporaryHome } from '../store/test-support/temporary-home.ts';
import type { ShippedModel } from './shipped-models.ts';
import { shippedModel } from './shipped-models.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, refusal, writeFiles } from './test-support/laboratory.ts';

const weights = 'weights of fingers';
const description: ShippedModel = {
  name: 'Fingers', licence: 'none', recipe: recipeSchema.parse({ modality: 'finger', loss: { name: 'triplet' }, embeddingSize: 16 }), epoch: 3, validationEer: 0.1,
  weightsHash: createHash('sha256').update(weights).digest('hex'), trainedOn: 'nobody', trainingSamples: [],
};

let shipped: TemporaryHome;
let laboratory: Laboratory;
beforeEach(async () => {
  shipped = temporaryHome();
  writeFiles(shipped.path, { 'fingers/model.json': JSON.stringify(description), 'fingers/ridge-flow.safetensors': weights });
  laboratory = await openLaboratory({ resources: shipped.path });
});
afterEach(async () => {
  await laboratory.leave();
  shipped[Symbol.dispose]();
});

it('the finger model that ships is put on the list once, and is not in use by itself', async () => {
  const { ask } = laboratory;
  const model = await ask('models.add', { shipped: 'fingers' });
  expect(model).toMatchObject({ name: 'Fingers', modality: 'finger', source: 'shipped', embeddingSize: 16, inUse: false, trainedOn: 'nobody' });
  expect((await ask('models.add', { shipped: 'fingers' })).id).toBe(model.id);
  expect(await ask('models.list', {})).toHaveLength(1);
});

it('where it does not ship, that is said', async () => {
  rmSync(join(shipped.path, 'fingers'), { recursive: true });
  expect(await refusal(laboratory.ask('models.add', { shipped: 'fingers' }))).toMatchObject({ code: 'not-found', message: expect.stringContaining('model.json') });
});

it('the model of this checkout is what its description says', () => {
  const folder = join(import.meta.dirname, '../../resources/fingers');
  const { recipe, weightsHash } = shippedModel.parse(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')));
  expect(createHash('sha256').update(readFileSync(join(folder, 'ridge-flow.safetensors'))).digest('hex')).toBe(weightsHash);
  expect(recipe).toMatchObject({ modality: 'finger', input: { pipeline: 'finger' }, augmentation: { flip: 0 } });
});
