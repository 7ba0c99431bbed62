import { useDebouncedValue } from '@mantine/hooks';
import type { RequestOutput } from '../../../../contract/requests.ts';
import { useAsk } from '../../../desk/ask.ts';
import type { Path, RecipeDocument } from './recipe-document.ts';

export type RecipeCheck = RequestOutput<'recipes.check'>;

/** What a careful colleague says about the recipe, asked a moment after the last change. */
export function useRecipeCheck(document: RecipeDocument, [datasetId, ...moreDatasetIds]: readonly string[]): { check: RecipeCheck | undefined; isCurrent: boolean; error: unknown } {
  const [settled] = useDebouncedValue(document, 250);
  const { data, error, isFetching } = useAsk('recipes.check', { recipe: settled, datasetId: datasetId ?? null, moreDatasetIds }, { keepPrevious: true });
  return { check: data, isCurrent: settled === document && !isFetching, error };
}

/** The errors of a place in the document; warnings stand beside the form. */
export function problemAt(check: RecipeCheck | undefined, path: Path): string | null {
  const place = path.join('.');
  return check?.problems.find((problem) => problem.path === place && problem.severity === 'error')?.message ?? null;
}
