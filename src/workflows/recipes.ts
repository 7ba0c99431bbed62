import type { LossName } from '../contract/recipe/losses.ts';
import { lossEntries } from '../contract/recipe/losses.ts';
import { titleName } from '../contract/recipe/proper-names.ts';
import type { RecipeInput } from '../contract/recipe/recipe.ts';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import type { Handlers } from '../contract/requests.ts';
import type { RecipePreset } from '../contract/requests/runs.ts';
import { describeIssues } from '../contract/wire/describe-issues.ts';
import { countParts, countSubjectsOfPart } from '../store/dataset-samples.ts';
import type { Database } from '../store/statement.ts';
import { knownDataset } from './datasets.ts';
import type { TrainingSet } from './lint-recipe.ts';
import { lintRecipe } from './lint-recipe.ts';
import { lookForGraph } from './look-for-graph.ts';
import { pretrainedPresets } from './pretrained-presets.ts';
import type { Workbench } from './workbench.ts';

export function recipeHandlers({ store: { database } }: Workbench): Pick<Handlers, 'recipes.presets' | 'recipes.check'> {
  return {
    'recipes.presets': () => presets(),
    'recipes.check': async ({ recipe: written, datasetId, moreDatasetIds }) => {
      const parsed = recipeSchema.safeParse(written);
      if (!parsed.success) {
        const problems = parsed.error.issues.map((issue) => ({
          path: issue.path.join('.'), message: isMissing(issue) ? 'A value is needed here.' : describeIssues([{ ...issue, path: [] }]), severity: 'error' as const,
        }));
        return { recipe: null, problems };
      }
      const trainingSet = datasetId === null ? null : trainingSetOf(database, [datasetId, ...moreDatasetIds]);
      return { recipe: parsed.data, problems: [...lintRecipe(parsed.data, trainingSet), ...(await lookForGraph(parsed.data))] };
    },
  };
}

/** A field that was left empty; zod says so in the words of its types. */
const isMissing = ({ code, message }: { code: string; message: string }): boolean => code === 'invalid_type' && /received (undefined|null|NaN)$/.test(message);

/** What the training parts of these datasets look like together. @throws RequestError('not-found') */
export function trainingSetOf(database: Database, datasetIds: readonly string[]): TrainingSet {
  const datasets = datasetIds.map((id) => knownDataset(database, id));
  const [first, ...others] = datasets.map(({ columns }) => columns);
  const validated = datasetIds.flatMap((id) => countParts(database, id)).filter(({ part }) => part === 'validation');
  return {
    sizes: datasetIds.flatMap((id) => countSubjectsOfPart(database, id, 'train').map(({ images }) => images)),
    validationSubjects: validated.reduce((sum, { subjects }) => sum + subjects, 0),
    ...(datasets[0] && { modality: datasets[0].modality }),
    datasets: datasetIds.length,
    columns: (first ?? []).filter((column) => others.every((columns) => columns.includes(column))),
  };
}

/** A recipe for every published setting of every loss; the recommended one for a small set of faces comes first. */
function presets(): RecipePreset[] {
  const all = Object.entries(lossEntries).flatMap(([name, entry]) =>
    entry.presets.map(({ key, citation, options }) => preset(name as LossName, { key, citation, options })),
  );
  const isFirst = ({ id }: RecipePreset): boolean => id === recommended;
  return [...all.filter(isFirst), ...pretrainedPresets(), ...all.filter((one) => !isFirst(one))];
}

const recommended = 'multi-similarity.code';

function preset(name: LossName, { key, citation, options }: { key: string; citation: string; options: object }): RecipePreset {
  const isPairOfEach = name === 'n-pair';
  const written = {
    name: `${titleName(name)} (${key})`,
    loss: { name, ...options },
    ...(isPairOfEach && { sampler: { name: 'n-pair' } }),
  };
  return { id: `${name}.${key}`, title: written.name, citation, recipe: recipeSchema.parse(written as RecipeInput) };
}

