// What the browser keeps so that a reload, a click through the town's site or another tab goes on with the same conversation.
// Nothing is written before the citizen opens the chat (CNIL on chatbots: no tracer before it is asked for). Every tab of a site
// writes here, so each thing is read afresh before it is changed, and each unsent message stands under a key of its own.
import { type Kept, readKept, readLetter } from './kept';
import type { Letter } from './letter';

export interface Memory {
  read(): Kept;
  keep(change: Kept): void;
  /** Whether the panel is open: of this tab alone, also where the rest is kept on the device. */
  isOpen(): boolean;
  setOpen(isOpen: boolean): void;
  /** Messages not yet known to be received, oldest first, whichever tab they were written in. */
  letters(): Letter[];
  keepLetter(letter: Letter): void;
  dropLetter(id: string): void;
  /** The conversation and what was not sent; whose chat it is and in which language stays. */
  forget(): void;
  /** Does this while no other tab does the same. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Hears of what other tabs change, until it is called off. */
  watch(changed: () => void): () => void;
}

export function createMemory(town: string, remember: 'session' | 'device'): Memory {
  const key = `guichet:${town}`;
  const letterKey = (id: string) => `${key}:${id}`;
  const openKey = `${key}#open`;
  let mine: Kept = {};
  /** What the browser refused to keep lives as long as the page. */
  let isStored = true;

  // Even asking for a storage throws where it is blocked (private windows, cookies refused).
  function attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch {
      return undefined;
    }
  }
  const storage = (): Storage => (remember === 'device' ? localStorage : sessionStorage);
  // A file cannot be kept, only that there was one, and only its own tab can do anything about it.
  const storageOf = ({ fileName }: Letter): Storage => (fileName ? sessionStorage : storage());

  function read(): Kept {
    if (isStored) mine = readKept(attempt(() => storage().getItem(key)));
    return mine;
  }
  function write(kept: Kept) {
    mine = kept;
    isStored = !!attempt(() => {
      storage().setItem(key, JSON.stringify(kept));
      return true;
    });
  }
  function lettersIn(kept: Storage): Letter[] {
    const keys = Object.keys(kept).filter((each) => each.startsWith(letterKey('')));
    return keys.map((each) => readLetter(kept.getItem(each))).filter((letter) => letter !== null);
  }
  const letters = () => {
    const places = remember === 'device' ? [() => sessionStorage, () => localStorage] : [() => sessionStorage];
    const found = places.flatMap((place) => attempt(() => lettersIn(place())) ?? []);
    return found.sort((one, other) => one.at.localeCompare(other.at));
  };
  const dropLetter = (id: string) => {
    attempt(() => sessionStorage.removeItem(letterKey(id)));
    attempt(() => storage().removeItem(letterKey(id)));
  };

  return {
    read,
    keep(change) {
      const kept = read();
      const readUntil = [kept.readUntil ?? '', change.readUntil ?? ''].sort()[1] || undefined;
      write({ ...kept, ...change, readUntil });
    },
    isOpen: () => attempt(() => sessionStorage.getItem(openKey)) === 'yes',
    setOpen: (isOpen) => attempt(() => (isOpen ? sessionStorage.setItem(openKey, 'yes') : sessionStorage.removeItem(openKey))),
    letters,
    keepLetter: ({ file: _, ...letter }) =>
      attempt(() => storageOf(letter).setItem(letterKey(letter.id), JSON.stringify(letter))),
    dropLetter,
    forget() {
      const { town, language } = read();
      for (const { id } of letters()) dropLetter(id);
      write({ town, language });
    },
    alone: (work) => (remember === 'device' && navigator.locks ? navigator.locks.request(key, work) : work()),
    watch(changed) {
      const hear = (event: StorageEvent) => event.key === key && changed();
      window.addEventListener('storage', hear);
      return () => window.removeEventListener('storage', hear);
    },
  };
}
