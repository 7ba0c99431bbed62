import { describe, expect, it, vi } from 'vitest';
import { insertModel } from '../../store/models.ts';
import { openStore } from '../../store/store.ts';
import { aModel, anEnrolment, randomBytes, subjectIdOf } from '../../store/test-support/sample-rows.ts';
import { temporaryHome } from '../../store/test-support/temporary-home.ts';
import type { Workbench } from '../workbench.ts';
import { scoreReferences } from './score-references.ts';
import { transformShelf } from './transform-shelf.ts';

describe('the references of a person', () => {
  it.each(['face', 'finger'] as const)('are scored, and which fingers they are of is read where the model is of fingers (%s)', async (modality) => {
    using home = temporaryHome();
    const store = openStore(home.path);
    const known = aModel();
    const model = { ...known, recipe: { ...known.recipe, modality } };
    insertModel(store.database, model);
    await store.gallery.enrol(anEnrolment('Anna', randomBytes(1, 90)));
    const fingersRead = vi.spyOn(store.gallery, 'listFingersOf');
    const scored = await scoreReferences({ store, transforms: transformShelf() } as Workbench, { model, subjectId: subjectIdOf('Anna') }, { vector: new Float32Array([1, 0, 0, 0]), finger: null });
    expect(scored).toMatchObject({ references: [{ score: 1 }], ofOtherFingers: 0, fingers: [] });
    expect(fingersRead).toHaveBeenCalledTimes(modality === 'finger' ? 1 : 0);
    store.close();
  });
});
