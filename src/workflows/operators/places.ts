import type { DeskEvent } from '../../contract/events.ts';
import type { Operator } from '../../store/operators/operator.ts';
import { listOperators } from '../../store/operators/operators.ts';
import type { Store } from '../../store/store.ts';

/** A browser, window or terminal, and who is signed in there. */
export interface Place {
  operatorId: string | null;
  /** When somebody was last there, as `performance.now()` tells it. */
  touchedAt: number;
}

/** Everybody who sits at this desk. Nothing of it is kept: a restart signs everybody out. */
export interface Places {
  take(): Place;
  /** Whether this store has operators, and so asks who is there. */
  asksNames(): boolean;
  /** Who is signed in at a place: with the role that they have now, and nobody once they were removed or the store was locked. */
  operatorAt(place: Place): Operator | null;
  signIn(place: Place, operatorId: string): void;
  signOut(place: Place): void;
  /** With the lock. */
  signOutAll(): void;
  isAnybodyThere(): boolean;
  /** Where somebody is signed in and nobody was for so long. */
  idle(ms: number): Place[];
}

export function openPlaces({ database, vault }: Pick<Store, 'database' | 'vault'>, emit: (event: DeskEvent) => void): Places {
  const places = new Set<Place>();
  const told = (): void => { emit({ type: 'changed', topic: 'session' }); };
  const operatorAt = (place: Place): Operator | null => {
    if (place.operatorId === null) return null;
    const operator = vault.keysIfUnlocked() === null ? undefined : listOperators(database).find(({ id }) => id === place.operatorId);
    if (operator === undefined) place.operatorId = null;
    return operator ?? null;
  };
  return {
    operatorAt,
    take: () => {
      const place: Place = { operatorId: null, touchedAt: performance.now() };
      places.add(place);
      return place;
    },
    asksNames: () => listOperators(database).length > 0,
    signIn: (place, operatorId) => {
      place.operatorId = operatorId;
      place.touchedAt = performance.now();
      told();
    },
    signOut: (place) => {
      place.operatorId = null;
      told();
    },
    signOutAll: () => {
      for (const place of places) place.operatorId = null;
      told();
    },
    isAnybodyThere: () => [...places].some((place) => operatorAt(place) !== null),
    idle: (ms) => [...places].filter((place) => place.operatorId !== null && performance.now() - place.touchedAt >= ms),
  };
}
