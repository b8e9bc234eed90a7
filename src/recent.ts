/**
 * What was used of late is kept, up to a number: the longest unused goes first. Kept only where working it out again was
 * measured to cost more than looking it up (docs/decisions/0015-what-is-kept-at-hand.md). A restart forgets it all.
 */
import { LRUCache } from 'lru-cache';

export type Recent<Value extends {}> = LRUCache<string, Value>;

/** @param dropped told of what had to make room for something newer; not of what was deleted or replaced. */
export function createRecent<Value extends {}>(most: number, dropped?: (value: Value) => void): Recent<Value> {
  return new LRUCache({
    max: most,
    ...(dropped && { dispose: (value: Value, _key: string, reason: string) => reason === 'evict' && dropped(value) }),
  });
}

/** A function that remembers its last answers; `make` always answers the same, and never undefined. */
export function remembering<Value extends {}>(most: number, make: (key: string) => Value): (key: string) => Value {
  const recent = createRecent<Value>(most);
  return (key) => {
    const known = recent.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    recent.set(key, made);
    return made;
  };
}
