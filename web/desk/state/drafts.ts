// What an agent has typed: in the browser at every keystroke, on the server within a second, each under its conversation and
// kind, so that nothing moves from one to another and nothing is lost to a reload, a crash or a dead line. The browser's
// storage is outside data: what has not the right shape is as if it were not there.
import { api } from '../server/api';
import type { Pending } from './state';

export type Kind = 'reply' | 'note' | 'whisper';

/** What is sent of each kind. */
export const SENT_AS = { reply: 'say', note: 'note', whisper: 'whisper' } as const;
/** The kind of draft that something sent goes back to. */
export const DRAFT_OF = { say: 'reply', note: 'note', whisper: 'whisper' } as const;

export interface Draft {
  text: string;
  seenLine: number;
}

interface LocalDraft extends Draft {
  /** Whether the server has this text too. */
  isKept: boolean;
}

const SAVE_AFTER_MS = 500;

function read(key: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return value && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still has what the server keeps.
  }
}

function keysUnder(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

export type Drafts = ReturnType<typeof createDrafts>;

export function createDrafts(agent: string) {
  const root = `guichet-desk:${agent}:`;
  const keyOf = (conversation: string, kind: Kind) => `${root}draft:${kind}:${conversation}`;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** As this tab wrote or kept them last: what the server said before may be older, whenever its answer comes. */
  const own = new Map<string, Draft>();
  // Written in another tab since.
  addEventListener('storage', ({ key }) => key !== null && own.delete(key));

  function local(conversation: string, kind: Kind): LocalDraft | undefined {
    const raw = read(keyOf(conversation, kind));
    if (typeof raw?.text !== 'string') return undefined;
    return { text: raw.text, seenLine: Number(raw.seenLine) || 0, isKept: raw.isKept === true };
  }

  async function keep(conversation: string, kind: Kind): Promise<void> {
    const key = keyOf(conversation, kind);
    clearTimeout(timers.get(key));
    timers.delete(key);
    const draft = local(conversation, kind);
    if (!draft || draft.isKept) return;
    try {
      await api.keepDraft(conversation, kind, draft.text, draft.seenLine);
    } catch {
      return; // It is tried again when the line is back.
    }
    if (local(conversation, kind)?.text !== draft.text) return;
    // A conversation that was asked for before this was kept comes back without it.
    own.set(key, { text: draft.text, seenLine: draft.seenLine });
    write(key, draft.text ? { ...draft, isKept: true } : undefined);
  }

  return {
    /** What stands in the composer: what this tab wrote, what this browser has and the server not, else what the server has. */
    choose(conversation: string, kind: Kind, kept: Draft | undefined): Draft {
      const written = own.get(keyOf(conversation, kind));
      if (written) return written;
      const mine = local(conversation, kind);
      if (mine && !mine.isKept) return mine;
      return kept ?? { text: '', seenLine: 0 };
    },
    write(conversation: string, kind: Kind, text: string, seenLine: number): void {
      const key = keyOf(conversation, kind);
      own.set(key, { text, seenLine });
      write(key, { text, seenLine, isKept: false } satisfies LocalDraft);
      clearTimeout(timers.get(key));
      timers.set(
        key,
        setTimeout(() => void keep(conversation, kind), SAVE_AFTER_MS),
      );
    },
    /** Everything the server may not have: after the line came back, when the page opens, before signing out. */
    async keepAll(): Promise<void> {
      const under = `${root}draft:`;
      await Promise.all(
        keysUnder(under).map((key) => {
          const [kind, ...conversation] = key.slice(under.length).split(':');
          return kind && kind in SENT_AS ? keep(conversation.join(':'), kind as Kind) : undefined;
        }),
      );
    },
    /** Leaves nothing in this browser that the server has. */
    forgetKept(): void {
      for (const key of keysUnder(`${root}draft:`)) if (read(key)?.isKept === true) write(key, undefined);
    },
    keepPending: (pending: Pending) => write(`${root}sending:${pending.actionId}`, pending),
    dropPending: (actionId: string) => write(`${root}sending:${actionId}`, undefined),
    /** What was on its way when the page ended. Sending it again under its own id is harmless. */
    pending(): Pending[] {
      return keysUnder(`${root}sending:`).flatMap((key) => {
        const raw = read(key) as Partial<Pending> | undefined;
        const { actionId, conversation, kind, text, seenLine, uploads } = raw ?? {};
        if (typeof actionId !== 'string' || typeof conversation !== 'string' || typeof text !== 'string') return [];
        if (!kind || !(kind in DRAFT_OF)) return [];
        const files = Array.isArray(uploads) ? uploads.filter((id) => typeof id === 'string') : [];
        return [
          { actionId, conversation, kind, text, seenLine: Number(seenLine) || 0, uploads: files, state: 'failed' as const },
        ];
      });
    },
  };
}
