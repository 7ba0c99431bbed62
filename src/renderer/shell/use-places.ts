import { useMay } from '../desk/use-session.ts';
import type { PlaceGroup } from './places.ts';
import { placeGroups } from './places.ts';

/** The places of whoever is here, in their groups; groups without one are left out. */
export function usePlaceGroups(): readonly PlaceGroup[] {
  const may = useMay();
  return placeGroups
    .map((group) => ({ ...group, places: group.places.filter(({ needs }) => may(needs)) }))
    .filter(({ places }) => places.length > 0);
}
