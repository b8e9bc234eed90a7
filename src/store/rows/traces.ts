/**
 * Everything that the rows hold of one conversation, whatever table it stands in: read for its citizen, and taken away. A
 * new table that keeps something of a conversation gets a line here.
 */
import type { Conversation } from '../../domain/conversation';
import { markOf } from '../../domain/mark';
import type { Collection, Database, Document, Filter } from '../collection';
import { type Pace, removeGently } from '../remove-gently';

type OfConversation = Document & { conversation: string };

export type Quiet = Pick<Conversation, 'id' | 'updatedAt' | 'holder' | 'channel' | 'address'>;

export interface Traces {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Ids of the conversations of an address of a channel: '+33…', 'whatsapp:+33…'. */
  conversationsOf(town: string, address: string): Promise<string[]>;
  /** Conversations of a town that nobody wrote in since a moment (ISO), and that changed at another or later, oldest first. */
  quietSince(town: string, before: string, from: string, limit: number): Promise<Quiet[]>;
  /** How many conversations of a town nobody wrote in since a moment (ISO). */
  countQuiet(town: string, before: string): Promise<number>;
  /** Rows of each table, as they stand. */
  of(conversation: string): Promise<Record<string, Document[]>>;
  /** Facts about an address: consent, and nothing else that lasts. */
  factsOf(town: string, address: string): Promise<Document[]>;
  /** Takes everything of a conversation away, itself last: begun again after a crash, it ends. Consent and opt-out stay, which must be kept to be obeyed. */
  erase(conversation: string): Promise<void>;
  /**
   * Of these, the conversations that are no more: still quiet since before a moment (ISO), they go now, or went before. From
   * here on whoever writes again begins anew, so what is left of them is `forget`'s to take away: the ids are kept until then.
   */
  end(town: string, conversations: string[], before: string, pace: Pace): Promise<string[]>;
  /** Rows of ended conversations that point at something outside: files, and messages at a carrier where that is asked for. */
  pointers(conversations: string[], withCarried: boolean): Promise<Record<'inbox' | 'outbox' | 'transcript', Document[]>>;
  /** Takes away what is left of ended conversations, from before a moment (ISO): what somebody wrote anew since stays. */
  forget(conversations: string[], before: string, pace: Pace): Promise<void>;
}

/** In the order in which they go. */
const TABLES = ['drafts', 'followers', 'poll_answers', 'outbox', 'inbox', 'alerts', 'transcript'] as const;
/** Letters that a conversation caused and that do not go to its citizen stand in threads of their own. */
const BESIDE = ['mail', 'code', 'hub', 'unread', 'forward'] as const;
/** Rows of a table from before a moment (ISO), where a conversation that begins anew writes at once. */
const orderBefore = (before: string): Filter => ({ order: { $lt: String(Date.parse(before)).padStart(14, '0') } });
const EARLIER: Partial<Record<string, (before: string) => Filter>> = {
  inbox: orderBefore,
  outbox: orderBefore,
  transcript: (before) => ({ at: { $lt: before } }),
};
/** Tables that have many rows of nearly every conversation: what is asked of few of them at a time costs a row less, most of all on a MongoDB server. */
const FULL: ReadonlySet<string> = new Set(['inbox', 'transcript']);
const AT_ONCE = 40;
const KINDS = ['attempt', 'answer', 'hush'] as const;
const CARRIED = ['sms', 'whatsapp'];
const MOST_ROWS = 20_000;

export function createTraces(database: Database): Traces {
  const tables = TABLES.map((name) => [name, database.collection<OfConversation>(name)] as const);
  const conversations: Collection<Document & Omit<Conversation, 'id'>> = database.collection('conversations');
  const ledger = database.collection<Document & { kind: string; town: string; subject: string }>('ledger');
  const misses = database.collection('misses');
  const entries = database.collection('search_entries');
  const asked = database.collection<Document & { right: string; conversation: string }>('data_requests');
  const words = database.collection('search_words');
  const outbox = database.collection<OfConversation>('outbox');
  const inbox = database.collection<OfConversation>('inbox');
  const transcript = database.collection<OfConversation>('transcript');

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
      return found.map(({ _id, updatedAt, holder, channel, address }) => ({ id: _id, updatedAt, holder, channel, address }));
    },
    countQuiet: (town, before) => conversations.count({ town, updatedAt: { $lt: before } }),
    async of(conversation) {
      const own = await conversations.find({ _id: conversation }, { limit: 1 });
      const read = await Promise.all(
        tables.map(async ([name, rows]) => [name, await rows.find({ conversation }, { limit: MOST_ROWS })] as const),
      );
      return { conversations: own, ...Object.fromEntries(read), misses: await misses.find({ of: markOf(conversation) }) };
    },
    async factsOf(town, address) {
      const kinds = ['consent', 'subscription', ...KINDS];
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
    async end(town, ids, before, pace) {
      const standing = await conversations.find({ _id: { $in: ids } });
      const subjects = [...new Set(standing.map(({ address }) => address))];
      for (const kind of subjects.length > 0 ? KINDS : [])
        await removeGently(ledger, { kind, town, subject: { $in: subjects }, at: { $lt: Date.parse(before) } }, pace);
      await removeGently(conversations, { _id: { $in: ids }, holder: 'bot', updatedAt: { $lt: before } }, pace);
      const left = new Set((await conversations.find({ _id: { $in: ids } })).map(({ _id }) => _id));
      return ids.filter((id) => !left.has(id));
    },
    async pointers(ids, withCarried) {
      const of = { conversation: { $in: ids } };
      const withFiles = { ...of, 'activity.attachments': { $exists: true } };
      const carried = { ...of, channel: { $in: CARRIED } };
      const [photos, lines, came, sent] = await Promise.all([
        inbox.find(withFiles),
        transcript.find(withFiles),
        withCarried ? inbox.find(carried) : [],
        withCarried ? outbox.find(carried) : [],
      ]);
      return { inbox: [...photos, ...came], outbox: sent, transcript: lines };
    },
    async forget(ids, before, pace) {
      const all = ids.map((id) => `conversation:${id}`);
      for (const [name, rows] of tables)
        for (const some of FULL.has(name) ? inParts(ids, AT_ONCE) : [ids])
          await removeGently(rows, { conversation: { $in: some }, ...EARLIER[name]?.(before) }, pace);
      // What went elsewhere because of it: e-mails, codes, another hub.
      const beside = BESIDE.flatMap((thread) => ids.map((id) => `${thread}:${id}`));
      await removeGently(outbox, { conversation: { $in: beside } }, pace);
      await removeGently(asked, { right: 'export', conversation: { $in: ids } }, pace);
      await removeGently(misses, { of: { $in: ids.map(markOf) } }, pace);
      await removeGently(words, { of: { $in: all } }, pace);
      await removeGently(entries, { _id: { $in: all } }, pace);
    },
  };
}

function inParts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}
