import { mayHear, refusalOf } from '../../contract/roles.ts';
import type { DeskListener } from '../../contract/events.ts';
import type { Handlers } from '../../contract/requests.ts';
import type { Desk, Seat } from '../../contract/wire/desk.ts';
import { actAs } from './acting.ts';
import type { Places } from './places.ts';

/** What of a desk a seat stands before. */
type Guarded = Pick<Desk, 'handlers' | 'subscribe' | 'image'>;

/** A place for a door: everything that is asked, told and shown there passes by who is signed in. */
export function takeSeat(desk: Guarded, places: Places): Seat {
  const place = places.take();
  const act = <Value>(work: () => Value): Value => actAs({ place, operator: places.operatorAt(place) }, work);
  const isOpenToAll = (): boolean => !places.asksNames();
  const handlers = Object.fromEntries(Object.entries(desk.handlers).map(([name, handler]) => {
    const ask = handler as (input: unknown) => unknown;
    return [name, (input: unknown) => act(() => ask(input))] as const;
  })) as Handlers;
  return {
    handlers,
    mustSignIn: () => !isOpenToAll() && places.operatorAt(place) === null,
    permit: (name) => {
      const refusal = isOpenToAll() ? null : refusalOf(name, places.operatorAt(place));
      if (refusal !== null) throw refusal;
    },
    subscribe: (listener: DeskListener) => desk.subscribe((event) => {
      if (isOpenToAll() || mayHear(event, places.operatorAt(place))) listener(event);
    }),
    image: async (imageId, maxSide) => {
      // Whoever may look at pictures at all; which ones, is judged where the picture is looked for.
      const refusal = isOpenToAll() ? null : refusalOf('images.look', places.operatorAt(place));
      if (refusal !== null) throw refusal;
      return act(() => desk.image(imageId, maxSide));
    },
  };
}
