/** Keeps what was used last, up to a total size; the least recently used goes first. */
export interface RecentlyUsed<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  keys(): Iterable<string>;
}

/** @param capacity in the unit of `sizeOf`; a single value larger than it is kept alone. */
export function recentlyUsed<Value>(capacity: number, sizeOf: (value: Value) => number): RecentlyUsed<Value> {
  const entries = new Map<string, Value>();
  let size = 0;

  function remove(key: string): void {
    const value = entries.get(key);
    if (value === undefined) return;
    entries.delete(key);
    size -= sizeOf(value);
  }

  return {
    get: (key) => {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      // A map remembers the order of insertion: in again means newest.
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set: (key, value) => {
      remove(key);
      entries.set(key, value);
      size += sizeOf(value);
      for (const oldest of entries.keys()) {
        if (size <= capacity || oldest === key) break;
        remove(oldest);
      }
    },
    delete: remove,
    keys: () => entries.keys(),
  };
}
