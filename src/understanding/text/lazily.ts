/** What is made for a key when it is first asked for, and kept: a start makes only what its first citizens need. */
export function lazily<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new Map<Key, Made>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}
