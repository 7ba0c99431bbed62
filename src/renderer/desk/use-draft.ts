import { useCallback, useState, useSyncExternalStore } from 'react';

const drafts = new Map<string, unknown>();
const listeners = new Set<() => void>();

type Update<Value> = Value | ((before: Value) => Value);

/** State that outlives its screen: what a person typed or dropped is still there when they come back. Memory only. */
export function useDraft<Value>(key: string, initial: Value): [Value, (update: Update<Value>) => void] {
  const [first] = useState(initial);
  const value = useSyncExternalStore(subscribe, () => (drafts.has(key) ? (drafts.get(key) as Value) : first));
  const set = useCallback((update: Update<Value>) => {
    const before = drafts.has(key) ? (drafts.get(key) as Value) : first;
    drafts.set(key, typeof update === 'function' ? (update as (before: Value) => Value)(before) : update);
    for (const listener of listeners) listener();
  }, [key, first]);
  return [value, set];
}

/** When somebody else sits down at the window. */
export function forgetDrafts(): void {
  drafts.clear();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
