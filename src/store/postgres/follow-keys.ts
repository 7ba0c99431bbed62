import type { Gallery } from '../gallery.ts';

/** Names and pictures are found by keyed hashes: former keys find nothing, and say so as if nobody were there. */
const lookups: ReadonlySet<string> = new Set<keyof Gallery>(['findSubjectIdByName', 'findHolder']);

/**
 * A gallery whose keys another station may change at any moment. What fails then is asked once more: with the new keys if they are here, else
 * the answer is 'locked' and what to do.
 */
export function followKeys(gallery: Gallery, noticeNewerKeys: () => Promise<boolean>): Gallery {
  const follow = <Asked extends object>(asked: Asked): Asked =>
    Object.fromEntries(Object.entries(asked).map(([name, ask]) => [name, askAgainWithNewer(ask as Ask, noticeNewerKeys, lookups.has(name))])) as Asked;
  const { protections, ...people } = gallery;
  return { ...follow(people), protections: follow(protections) };
}

type Ask = (...parameters: unknown[]) => Promise<unknown>;

function askAgainWithNewer(ask: Ask, noticeNewerKeys: () => Promise<boolean>, isLookup: boolean): Ask {
  return async (...parameters) => {
    try {
      const answer = await ask(...parameters);
      if (!isLookup || answer !== undefined || !(await noticeNewerKeys())) return answer;
    } catch (error) {
      // Where the server is away, that is what the first error says.
      if (!(await noticeNewerKeys().catch(() => false))) throw error;
    }
    return ask(...parameters);
  };
}
