import { expect, it } from 'vitest';
import { recipeSchema } from '../../../../contract/recipe/recipe.ts';
import { completed, firstRecipe, presetInUse, readRecipe, recipeFields, withValue } from './recipe-document.ts';
import { filledVariant } from './schema-fields.ts';
import { namedKeys } from './sections.ts';

it('has a field of a known kind for every key of the recipe', () => {
  expect([...recipeFields.keys()]).toEqual(Object.keys(recipeSchema.shape));
  expect(recipeFields.get('loss')).toMatchObject({ kind: 'variants' });
  expect(recipeFields.get('learning')).toBeUndefined();
  expect(recipeFields.get('optimizer')).toMatchObject({ kind: 'variants' });
});

it('asks for offline mining, for mixing, and for the folder of a graph model, without a form of their own', () => {
  expect(recipeFields.get('offlineMining')).toMatchObject({ kind: 'group', title: 'Offline mining', isNullable: true });
  expect(recipeFields.get('mixing')).toMatchObject({ kind: 'choice', options: ['proportional', 'equal'] });
  const backbone = recipeFields.get('backbone');
  const graph = backbone?.kind === 'variants' ? backbone.variants.find(({ name }) => name === 'graph-model')! : null;
  expect(graph?.fields.map(({ key, kind }) => [key, kind])).toEqual([
    ['folder', 'text'], ['output', 'text'], ['pixels', 'choice'], ['pooling', 'choice'], ['fineTune', 'switch'],
  ]);
  const chosen = withValue(withValue(firstRecipe, ['backbone'], { name: 'graph-model' }), ['backbone', 'folder'], '/models/facenet');
  expect(completed(chosen)['backbone']).toMatchObject({ folder: '/models/facenet', pixels: 'around-zero', fineTune: false });
});

it('names no key in its sections that the recipe does not have', () => {
  expect([...namedKeys].filter((key) => !recipeFields.has(key))).toEqual([]);
});

const variantsOf = (key: string) => {
  const field = recipeFields.get(key)!;
  const inner = field.kind === 'list' ? field.item : field;
  return inner.kind === 'variants' ? inner.variants : [];
};

it('offers every item of the survey, and what users of other libraries expect', () => {
  const survey = ['contrastive', 'triplet', 'n-pair', 'multi-similarity', 'nca', 'proxy-nca', 'proxy-nca-plus-plus', 'proxy-anchor', 'proxy-gml'];
  const beyond = ['nt-xent', 'sup-con', 'arcface', 'cosface', 'circle', 'soft-triple', 'sub-center-arcface'];
  expect(variantsOf('loss').map(({ name }) => name)).toEqual(expect.arrayContaining([...survey, ...beyond]));
  expect(variantsOf('miner').map(({ name }) => name)).toEqual(expect.arrayContaining(['all', 'hard', 'semi-hard', 'easy', 'batch-hard', 'n-hard', 'distance-weighted', 'multi-similarity']));
  expect(variantsOf('regularizers').map(({ name }) => name)).toEqual(['language-guidance', 'direction', 'embedding-norm']);
  expect([...recipeFields.keys()]).toEqual(expect.arrayContaining(['memory', 'offlineMining', 'mixing']));
});

it('explains every option that has a symbol of the papers, in words that begin as a sentence does', () => {
  const explained = ['loss', 'miner', 'regularizers'].flatMap((key) => variantsOf(key).flatMap(({ name, fields }) => fields.map((field) => ({ name, field }))));
  const unexplained = explained.filter(({ field }) => field.kind !== 'group' && !/^(\p{Lu}|\d|½|[ωγK] |ω\.)/u.test(field.help ?? ''));
  expect(unexplained.map(({ name, field }) => `${name}.${field.key}: ${field.help}`)).toEqual([]);
});

it('says that names of identities carry no meaning where language guidance is weighed', () => {
  const weight = variantsOf('regularizers')[0]!.fields.find(({ key }) => key === 'weight')!;
  expect(weight).toMatchObject({ default: 0, help: expect.stringMatching(/names of identities carry no meaning/) as string });
});

it('changes one place of the document and nothing else', () => {
  const next = withValue(firstRecipe, ['loss', 'alpha'], 3);
  expect(next).toMatchObject({ loss: { name: 'multi-similarity', alpha: 3, beta: 40 }, epochs: 60 });
  expect(firstRecipe).toMatchObject({ loss: { alpha: 2 } });
});

it('fills in the published setting of a loss that was just chosen', () => {
  const next = completed(withValue(firstRecipe, ['loss'], { name: 'proxy-anchor' }));
  expect(next['loss']).toEqual({ name: 'proxy-anchor', alpha: 32, delta: 0.1 });
  expect(presetInUse(next['loss'] as Record<string, unknown>)?.citation).toMatch(/Kim et al/);
  expect(presetInUse({ name: 'proxy-anchor', alpha: 31, delta: 0.1 })).toBeNull();
});

it('can take in every shape of every list as the form fills it in, but for what only a person knows', () => {
  for (const variant of variantsOf('regularizers')) expect(recipeSchema.safeParse({ loss: 'triplet', regularizers: [filledVariant(variant)] }).error).toBeUndefined();
});

it('keeps a document that is not right as it was typed, so that nothing is lost', () => {
  const wrong = withValue(firstRecipe, ['epochs'], -3);
  expect(completed(wrong)).toBe(wrong);
});

it('reads pasted text, fills it in, and says what is wrong with text that is no recipe', () => {
  const read = readRecipe('{"loss": {"name": "triplet"}}');
  expect(read.ok && read.document['epochs']).toBe(60);
  expect(readRecipe('{"loss"')).toMatchObject({ ok: false, message: expect.stringMatching(/^This is not JSON/) as string });
  expect(readRecipe('[1]')).toMatchObject({ ok: false });
});
