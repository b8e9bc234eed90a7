// Messages a citizen has sent and the server has not yet acknowledged. They leave one at a time, in order, and wait
// out a lost connection or a reload. Sending again uses the same id, so the server answers each only once, also when
// two tabs send what one of them has written.
import type { Letter, LetterState } from './letter';
import type { Memory } from './memory';

/**
 * `later`: not now (offline, token being renewed), keep it. `busy`: try again after a while. `no`: refused for good, with the
 * server's word for why.
 */
export type Posted =
  | { outcome: 'sent' }
  | { outcome: 'later' }
  | { outcome: 'busy'; afterMs: number }
  | { outcome: 'no'; code: string };

interface Parts {
  post(letter: Letter): Promise<Posted>;
  memory: Pick<Memory, 'letters' | 'keepLetter' | 'dropLetter'>;
  /** `code`: why the server refused it. */
  changed(letter: Letter, code?: string): void;
}

interface Outbox {
  add(letter: Letter): void;
  /** Tries everything that is due; called whenever the line comes up. */
  flush(): Promise<void>;
  retry(id: string): void;
  /** The server showed us this letter back: it arrived, whatever we had heard about it. */
  arrived(id: string): void;
  /** Oldest first, with those that another tab has left behind. */
  waiting(): readonly Letter[];
  clear(): void;
}

const TRIES = 3;

export function createOutbox({ post, memory, changed }: Parts): Outbox {
  let letters: Letter[] = [];
  let isBusy = false;
  let isAskedAgain = false;

  function mark(letter: Letter, state: LetterState, code?: string) {
    letter.state = state;
    if (state === 'sent' || state === 'refused') {
      letters = letters.filter((other) => other !== letter);
      memory.dropLetter(letter.id);
    } else memory.keepLetter(letter);
    changed(letter, code);
  }

  /** Whether the next letter may go now: false when the line is down. */
  async function send(letter: Letter): Promise<boolean> {
    mark(letter, 'sending');
    for (let tries = 1; ; tries += 1) {
      const posted = await post(letter);
      if (!letters.includes(letter)) return true;
      if (posted.outcome === 'sent') mark(letter, 'sent');
      else if (posted.outcome === 'later') mark(letter, 'waiting');
      else if (posted.outcome === 'no') mark(letter, 'refused', posted.code);
      else if (tries === TRIES) mark(letter, 'failed');
      else {
        await new Promise((resume) => setTimeout(resume, posted.afterMs * tries));
        continue;
      }
      return posted.outcome !== 'later';
    }
  }

  async function flush() {
    isAskedAgain = true;
    if (isBusy) return;
    isBusy = true;
    while (isAskedAgain) {
      isAskedAgain = false;
      let isUp = true;
      for (let next = letters.find(isDue); isUp && next; next = letters.find(isDue)) isUp = await send(next);
    }
    for (const letter of letters) if (letter.state === 'sending') mark(letter, 'waiting');
    isBusy = false;
  }
  const isDue = ({ state }: Letter) => state === 'waiting' || state === 'sending';

  return {
    add(letter) {
      letters.push(letter);
      memory.keepLetter(letter);
      void flush();
    },
    flush,
    retry(id) {
      const letter = letters.find((one) => one.id === id);
      if (!letter) return;
      mark(letter, 'waiting');
      void flush();
    },
    arrived(id) {
      const letter = letters.find((one) => one.id === id);
      if (letter) mark(letter, 'sent');
    },
    waiting() {
      const others = memory.letters().filter(({ id }) => !letters.some((letter) => letter.id === id));
      letters = [...letters, ...others].sort((one, other) => one.at.localeCompare(other.at));
      return letters;
    },
    clear() {
      letters = [];
    },
  };
}
