import { bridge } from '../../bridge.ts';
import { useAsk } from '../../desk/ask.ts';
import { useMay } from '../../desk/use-session.ts';
import { demoFaces } from './demo-faces.ts';

const SHOWN = 32;
const PIXELS = 184;

/** Addresses of faces for the wall: the demo's, there at once; else those of the first dataset or of the gallery. */
export function useFaces(): readonly string[] {
  const may = useMay();
  const { data: desk } = useAsk('desk.state', {});
  const isDemo = desk?.project.isDemo === true && demoFaces.length > 0;
  const { data: datasets } = useAsk('datasets.list', {}, { enabled: desk !== undefined && !isDemo && may('datasets.list') });
  const dataset = datasets?.find(({ state }) => state === 'ready');
  const { data: inDataset } = useAsk('datasets.subjects', { datasetId: dataset?.id ?? '', limit: SHOWN }, { enabled: dataset !== undefined });
  const { data: enrolled } = useAsk('subjects.list', { limit: SHOWN }, { enabled: desk !== undefined && !isDemo && may('subjects.list') });
  if (isDemo) return demoFaces.slice(0, SHOWN);
  const fromDataset = (inDataset?.subjects ?? []).flatMap(({ images }) => images.slice(0, 1).map(({ imageId }) => imageId));
  const fromGallery = (enrolled?.subjects ?? []).flatMap(({ portrait }) => (portrait === null ? [] : [portrait]));
  return (fromDataset.length > 0 ? fromDataset : fromGallery).slice(0, SHOWN).map((imageId) => bridge.imageUrl(imageId, PIXELS));
}
