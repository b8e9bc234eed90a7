// Messages a citizen has sent and the server has not yet acknowledged. They leave one at a time, in order, and wait
// out a lost connection or a reload. Sending again uses the same id, so the server answers each only once.
import type { Activity } from '../../src/domain/activity';

/** `failed`: may be tried again; `refused`: the server will not have it. */
export type LetterState = 'sending' | 'waiting' | 'sent' | 'failed' | 'refused';

export interface Letter {
  id: string;
  activity: Activity;
  at: string;
  state: LetterState;
  /** Only its name outlives a reload. */
  fileName?: string;
  file?: File;
}

/** `later`: not now (offline, token being renewed), keep it. `busy`: try again after a while. `no`: refused for good. */
export type Posted = { outcome: 'sent' } | { outcome: 'later' } | { outcome: 'busy'; afterMs: number } | { outcome: 'no' };

interface Parts {
  post(letter: Letter): Promise<Posted>;
  keep(letters: Letter[]): void;
  changed(letter: Letter): void;
}

interface Outbox {
  add(letter: Letter): void;
  /** Tries everything that is due; called whenever the line comes up. */
  flush(): Promise<void>;
  retry(id: string): void;
  /** The server showed us this letter back: it arrived, whatever we had heard about it. */
  arrived(id: string): void;
  waiting(): readonly Letter[];
  clear(): void;
}

const TRIES = 3;

export function createOutbox(kept: readonly Letter[], { post, keep, changed }: Parts): Outbox {
  let letters: Letter[] = kept.map((letter) => ({ ...letter, state: letter.fileName ? 'failed' : 'waiting' }));
  let isBusy = false;
  let isAskedAgain = false;

  const save = () => keep(letters.map(({ file: _, ...letter }) => letter));

  function mark(letter: Letter, state: LetterState) {
    letter.state = state;
    if (state === 'sent' || state === 'refused') letters = letters.filter((other) => other !== letter);
    save();
    changed(letter);
  }

  /** Whether the next letter may go now: false when the line is down. */
  async function send(letter: Letter): Promise<boolean> {
    mark(letter, 'sending');
    for (let tries = 1; ; tries += 1) {
      const posted = await post(letter);
      if (!letters.includes(letter)) return true;
      if (posted.outcome === 'sent') mark(letter, 'sent');
      else if (posted.outcome === 'later') mark(letter, 'waiting');
      else if (posted.outcome === 'no') mark(letter, 'refused');
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
      save();
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
    waiting: () => letters,
    clear() {
      letters = [];
      save();
    },
  };
}
