export interface ReadAheadPlan {
  /** So many are read at a time. */
  readers: number;
  /** So many are handed on together. */
  together: number;
}

/**
 * What `read` makes of each source, in batches, in the order of the sources. While whoever asked works on a batch the next one is read, and
 * no more than that: at most two batches are in memory.
 */
export async function* readAhead<Source, Read>(sources: readonly Source[], read: (source: Source, place: number) => Promise<Read>, { readers, together }: ReadAheadPlan): AsyncGenerator<Read[], void> {
  const desk = new Desk(readers);
  const reading: Promise<Read>[] = [];
  let begun = 0;
  for (let first = 0; first < sources.length; first += together) {
    for (; begun < Math.min(sources.length, first + 2 * together); begun++) {
      const place = begun;
      const one = desk.admit(() => read(sources[place]!, place));
      // Awaited a batch later: that it failed meanwhile is nobody's oversight.
      one.catch(() => undefined);
      reading.push(one);
    }
    yield await Promise.all(reading.splice(0, together));
  }
}

/** Lets so many work at a time, in the order in which they came. */
class Desk {
  private readonly waiting: (() => void)[] = [];
  private free: number;

  constructor(places: number) {
    this.free = places;
  }

  async admit<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => { this.waiting.push(resolve); });
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
