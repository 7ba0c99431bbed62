/** What a reader of figures must know of a model that others trained. @param trainedOn as far as they say */
export const trainedByOthers = (model: string, trainedOn: string): string =>
  `${model} was trained by others, on: ${trainedOn}. Whether people who are judged here were among it is not known; if so, the figures flatter.`;
