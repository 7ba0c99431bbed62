import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { Picture } from '../../widgets/picture.tsx';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import type { Points, Size } from './map-geometry.ts';
import { spreadPlaces } from './map-geometry.ts';

const SIDE = 60; // pixels
const SETTLE_MS = 160; // a map that is being moved shows none

interface MapPicturesProps {
  pixels: Points;
  size: Size;
  /** Of a sample, that of its group: the frame of its picture. */
  colorOf: (sample: number) => string;
}

/** Pictures of samples where there is room for them; they come when the map stands still. */
export function MapPictures({ pixels, size, colorOf }: MapPicturesProps) {
  const { samples } = useExplored();
  const [settled] = useDebouncedValue(pixels, SETTLE_MS);
  const { width, height } = size;
  const places = useMemo(() => spreadPlaces(settled, { width, height }, SIDE), [settled, width, height]);
  if (settled !== pixels) return null;
  return places.map((place) => (
    <span key={place} className={classes.mapPicture} style={{ borderColor: colorOf(place), transform: `translate(${settled[2 * place]!}px, ${settled[2 * place + 1]!}px) translate(-50%, -50%)` }}>
      <Picture imageId={samples[place]?.imageId ?? null} alt="" size={44} />
    </span>
  ));
}
