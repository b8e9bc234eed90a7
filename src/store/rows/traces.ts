/**
 * Everything that the rows hold of one conversation, whatever table it stands in: read for its citizen, and taken away. A
 * new table that keeps something of a conversation gets a line here.
 */
import type { Conversation } from '../../domain/conversation';
import { markOf } from '../../domain/mark';
import type { Collection, Database, Document } from '../collection';

type OfConversation = Document & { conversation: string };

export interface Traces {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Ids of the conversations of an address of a channel: '+33…', 'whatsapp:+33…'. */
  conversationsOf(town: string, address: string): Promise<string[]>;
  /** Ids of conversations of a town that nobody wrote in since a moment (ISO), and that changed at another or later, oldest first. */
  quietSince(
    town: string,
    before: string,
    from: string,
    limit: number,
  ): Promise<Array<Pick<Conversation, 'id' | 'updatedAt' | 'holder'>>>;
  /** Rows of each table, as they stand. */
  of(conversation: string): Promise<Record<string, Document[]>>;
  /** Facts about an address: consent, and nothing else that lasts. */
  factsOf(town: string, address: string): Promise<Document[]>;
  /** Takes everything of a conversation away, itself last: begun again after a crash, it ends. Consent and opt-out stay, which must be kept to be obeyed. */
  erase(conversation: string): Promise<void>;
}

/** In the order in which they go. */
const TABLES = ['drafts', 'followers', 'outbox', 'inbox', 'alerts', 'transcript'] as const;
/** Letters that a conversation caused and that do not go to its citizen stand in threads of their own. */
const BESIDE = ['mail', 'code', 'hub'] as const;
const KINDS = ['attempt', 'answer', 'hush'] as const;
const MOST_ROWS = 20_000;

export function createTraces(database: Database): Traces {
  const outbox = database.collection<OfConversation>('outbox');
  const tables = TABLES.map((name) => [name, database.collection<OfConversation>(name)] as const);
  const conversations: Collection<Document & Omit<Conversation, 'id'>> = database.collection('conversations');
  const ledger = database.collection<Document & { kind: string; town: string; subject: string }>('ledger');
  const misses = database.collection('misses');
  const entries = database.collection('search_entries');
  const asked = database.collection<Document & { right: string; conversation: string }>('data_requests');

  return {
    async prepare() {
      await conversations.index(['town', 'address'], { name: 'address' });
      await conversations.index(['town', 'updatedAt'], { name: 'quiet' });
      for (const name of ['drafts', 'followers'])
        await database.collection(name).index(['conversation'], { name: 'conversation' });
    },
    async conversationsOf(town, address) {
      return (await conversations.find({ town, address }, { limit: MOST_ROWS })).map(({ _id }) => _id);
    },
    async quietSince(town, before, from, limit) {
      const found = await conversations.find(
        { town, updatedAt: { $lt: before, $gte: from } },
        { sort: [['updatedAt', 1]], limit },
      );
      return found.map(({ _id, updatedAt, holder }) => ({ id: _id, updatedAt, holder }));
    },
    async of(conversation) {
      const own = await conversations.find({ _id: conversation }, { limit: 1 });
      const read = await Promise.all(
        tables.map(async ([name, rows]) => [name, await rows.find({ conversation }, { limit: MOST_ROWS })] as const),
      );
      return { conversations: own, ...Object.fromEntries(read), misses: await misses.find({ of: markOf(conversation) }) };
    },
    async factsOf(town, address) {
      const kinds = ['consent', ...KINDS];
      return (await Promise.all(kinds.map((kind) => ledger.find({ kind, town, subject: address })))).flat();
    },
    async erase(conversation) {
      const [own] = await conversations.find({ _id: conversation }, { limit: 1 });
      for (const [, rows] of tables) await rows.remove({ conversation });
      // What went elsewhere because of it: e-mails, codes, another hub.
      for (const thread of BESIDE) await outbox.remove({ conversation: `${thread}:${conversation}` });
      await asked.remove({ right: 'export', conversation });
      await misses.remove({ of: markOf(conversation) });
      await entries.remove({ _id: `conversation:${conversation}` });
      if (own) for (const kind of KINDS) await ledger.remove({ kind, town: own.town, subject: own.address });
      await conversations.remove({ _id: conversation });
    },
  };
}
