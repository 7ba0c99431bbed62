import { useAsk } from '../../desk/ask.ts';

const SHOWN = 32;

/** Faces for the wall: the people of the demo's dataset, there at once; else those who are enrolled. */
export function useFaces(): string[] {
  const { data: datasets } = useAsk('datasets.list', {});
  const dataset = datasets?.find(({ isDemo }) => isDemo) ?? datasets?.[0];
  const { data: inDataset } = useAsk('datasets.subjects', { datasetId: dataset?.id ?? '', limit: SHOWN }, { enabled: dataset !== undefined });
  const { data: enrolled } = useAsk('subjects.list', { limit: SHOWN });
  const fromDataset = (inDataset?.subjects ?? []).flatMap(({ images }) => images.slice(0, 1).map(({ imageId }) => imageId));
  const fromGallery = (enrolled?.subjects ?? []).flatMap(({ portrait }) => (portrait === null ? [] : [portrait]));
  return (fromDataset.length > 0 ? fromDataset : fromGallery).slice(0, SHOWN);
}
