/** What an agent has begun to write and not sent, as rows: one for each conversation and kind, and nobody else's hand on it. */
import type { Collection, Database } from '../../collection';
import { changeOrInsert } from '../../insert-new';

export type DraftKind = 'reply' | 'note' | 'whisper';

export interface Draft {
  text: string;
  /** The last line of the conversation that its writer saw. */
  seenLine: number;
}

interface DraftRow extends Draft {
  _id: string;
  agent: string;
  conversation: string;
  kind: DraftKind;
  /** Milliseconds since 1970. */
  at: number;
  [field: string]: unknown;
}

export interface Drafts {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** An empty text takes it away. */
  keep(agent: string, conversation: string, kind: DraftKind, draft: Draft, now: number): Promise<void>;
  of(agent: string, conversation: string): Promise<Partial<Record<DraftKind, Draft>>>;
}

/** Older ones are taken away: a draft holds what a citizen said, too. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

export function createDrafts(database: Database): Drafts {
  const rows: Collection<DraftRow> = database.collection('drafts');
  const idOf = (agent: string, conversation: string, kind: DraftKind) => `${agent}:${conversation}:${kind}`;
  return {
    prepare: () => rows.index(['at'], { name: 'at' }),
    async keep(agent, conversation, kind, { text, seenLine }, at) {
      const _id = idOf(agent, conversation, kind);
      await rows.remove({ at: { $lt: at - KEPT_MS } });
      if (text === '') {
        await rows.remove({ _id });
        return;
      }
      await changeOrInsert(rows, { _id, agent, conversation, kind, text, seenLine, at }, { $set: { text, seenLine, at } });
    },
    async of(agent, conversation) {
      const kinds: DraftKind[] = ['reply', 'note', 'whisper'];
      const found = await rows.find({ _id: { $in: kinds.map((kind) => idOf(agent, conversation, kind)) } });
      return Object.fromEntries(found.map(({ kind, text, seenLine }) => [kind, { text, seenLine }]));
    },
  };
}
