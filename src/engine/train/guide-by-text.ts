import type { TrainRequest } from '../../contract/engine-port.ts';
import { textSchema } from '../../contract/recipe/text.ts';
import type { TextSimilarity } from '../../learning/regularizers/language-guidance.ts';
import { classTextSimilarity } from '../text/class-text-similarity.ts';
import { readClassTexts } from '../text/class-texts.ts';
import type { TrainWork } from './train.ts';

/** The similarities of the class texts when the recipe asks for language guidance, else null. @throws RequestError */
export async function guideByText({ recipe, classNames, train }: TrainRequest, { report, signal }: TrainWork): Promise<TextSimilarity | null> {
  const guidance = recipe.regularizers.find((regularizer) => regularizer.name === 'language-guidance' && regularizer.weight > 0);
  if (guidance?.name !== 'language-guidance') return null;
  const texts = await readClassTexts(guidance.text ?? textSchema.parse({}), { classNames, samples: train }, { signal });
  for (const message of texts.notes) report({ type: 'note', message });
  return classTextSimilarity(texts);
}
