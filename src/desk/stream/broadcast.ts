/**
 * What changed at the desk of a town, told to everybody who may see it: the changes are read once a process, the rows they
 * name are loaded once, and each reader gets what their rights allow, presented for them. A row that left a reader's sight
 * is said to be gone.
 */

import type { Conversation } from '../../domain/conversation';
import type { Agent } from '../../domain/desk/agent';
import type { Change, FeedEntry } from '../../domain/feed';
import type { Town, Towns } from '../../domain/town';
import type { Conversations, Held } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { Transcript } from '../../store/rows/transcript';
import type { ConversationReads } from '../api/conversations';
import { mayRead, type Scenes, type Standing } from '../present/scenes';
import type { StreamFrame, StreamItem } from '../wire';
import { createItemTexts } from './item-texts';

/** Changes are gathered so long, so that a busy moment is one frame. */
const GATHER_MS = 60;
/** With many pages telling takes its time, most of it the system's, page by page: no more than a fifth of this thread's goes into it. */
const PAUSE_FOR_EACH_MS = 4;
/** And nobody waits longer than that for company. */
const MOST_GATHER_MS = 250;
/** Of more changes at once than this the page loads its lists anew. */
const MOST_CHANGES = 200;
const MOST_ENTRIES = 1000;
const MOST_LINES = 50;
/** What is known of the desk is read anew after so long, in case something went without a word: an erasure, a repair by hand. */
const READ_ANEW_MS = 30_000;
/** Older, that somebody types is nothing to be told any more. */
const TYPING_MS = 5000;
/** Changes after which the row of a conversation is shown anew. */
const TELLS_ROW: ReadonlySet<Change['kind']> = new Set(['conversation', 'presence']);

/** The numbered feed of what changed in a town, in any process. */
export interface Changes {
  last(town: string): Promise<number>;
  /** The entries after a number, oldest first; null when some of them are no longer kept. */
  after(town: string, seq: number, limit: number): Promise<FeedEntry[] | null>;
  /** Calls back with what comes after a number, from any process (null: some is no longer kept); the function returned ends it. */
  follow(town: string, seq: number, heard: (entries: FeedEntry[] | null) => void): () => void;
  tell(town: string, change: Change): Promise<boolean>;
}

export interface Reader {
  agent: string;
  /** The conversation that is open in the tab, and the last of its lines that was sent. */
  viewing?: string;
  line: number;
  /** Told up to this number. */
  seq: number;
  /** What it was told last of its agent. */
  me?: { version: number; town: Town };
  send(frame: StreamFrame): void;
  /** The same, as JSON. */
  sendText(frame: string): void;
}

export interface BroadcastParts {
  agents: Agents;
  conversations: Conversations;
  transcript: Transcript;
  towns: Towns;
  scenes: Scenes;
  reads: ConversationReads;
  changes: Changes;
  clock: () => Date;
  fault: (error: unknown) => void;
}

export function createBroadcast({
  agents,
  conversations,
  transcript,
  towns,
  scenes,
  reads,
  changes,
  clock,
  fault,
}: BroadcastParts) {
  const readers = new Map<string, Set<Reader>>();
  const rests = new Map<string, () => void>();
  const gathering = new Map<string, NodeJS.Timeout>();
  const busy = new Map<string, { again: boolean }>();
  /** How long the readers of a town were told of the last changes, milliseconds. */
  const took = new Map<string, number>();
  /** What stands at the desk of a town that is listened to, as of the last change that was told. */
  const kept = new Map<string, { readAt: number; seq: number; all: Map<string, Conversation> }>();

  /** Soon: with whatever else changes in the same moment. */
  function wake(town: string): void {
    if (gathering.has(town) || !readers.has(town)) return;
    const pauseMs = Math.min(MOST_GATHER_MS, Math.max(GATHER_MS, PAUSE_FOR_EACH_MS * (took.get(town) ?? 0)));
    gathering.set(
      town,
      setTimeout(() => {
        gathering.delete(town);
        void pump(town);
      }, pauseMs),
    );
  }

  async function pump(id: string): Promise<void> {
    const running = busy.get(id);
    if (running) {
      running.again = true;
      return;
    }
    const state = { again: false };
    busy.set(id, state);
    try {
      const town = towns.get(id);
      if (town) await tellAll(town, [...(readers.get(id) ?? [])]);
    } catch (error) {
      fault(error);
      // The store is away, or a row was strange: the readers still have their numbers, and are told later.
      setTimeout(() => wake(id), 1000).unref();
    } finally {
      busy.delete(id);
      if (state.again) wake(id);
    }
  }

  async function tellAll(town: Town, all: Reader[]): Promise<void> {
    if (all.length === 0) return;
    const lowest = Math.min(...all.map(({ seq }) => seq));
    const entries = await changes.after(town.id, lowest, MOST_ENTRIES);
    if (entries?.length === 0) return;
    const ids = new Set(
      (entries ?? []).flatMap((entry) => entry.changes.filter(({ kind }) => TELLS_ROW.has(kind)).map(({ id }) => id)),
    );
    const typing = new Set(
      (entries ?? []).flatMap(({ at, changes: told }) =>
        Math.abs(clock().getTime() - Date.parse(at)) > TYPING_MS
          ? []
          : told.flatMap(({ kind, id }) => (kind === 'citizen-typing' ? [id] : [])),
      ),
    );
    if (!entries || entries.length === MOST_ENTRIES || ids.size > MOST_CHANGES) {
      kept.delete(town.id);
      const seq = await changes.last(town.id);
      for (const reader of all.filter((one) => one.seq < seq)) {
        reader.seq = seq;
        reader.send({ kind: 'resync', seq });
      }
      return;
    }
    const found = await Promise.all([...ids].map((id) => conversations.find(id)));
    const seq = entries.at(-1)?.seq ?? lowest;
    const standing = await standingAfter(town, { from: lowest, to: seq }, [...ids], found);
    const changed = found.flatMap((held) => held?.conversation ?? []);
    const byId = new Map(standing.people.map((agent) => [agent.id, agent]));
    const texts = createItemTexts(scenes, standing);
    const begun = performance.now();
    for (const reader of all) {
      const agent = byId.get(reader.agent);
      if (!agent || agent.disabledAt || reader.seq >= seq) continue;
      const items = changed.map((one) => texts.conversation(one, agent));
      const viewed = changed.find(({ id }) => id === reader.viewing);
      if (viewed && mayRead(agent, viewed)) {
        const shown = [await deliveriesFor(viewed, town, agent), await linesFor(reader, viewed, town, agent)];
        items.push(...shown.map((item) => JSON.stringify(item)));
      }
      if (reader.viewing && typing.has(reader.viewing)) items.push(texts.typing(reader.viewing));
      items.push(texts.counts(agent));
      // Its own row is changed far less often than others' conversations.
      if (reader.me?.version !== agent.version || reader.me.town !== town) items.push(texts.me(agent));
      reader.me = { version: agent.version, town };
      reader.seq = seq;
      reader.sendText(`{"kind":"events","seq":${seq},"items":[${items.join(',')}]}`);
    }
    took.set(town.id, performance.now() - begun);
  }

  /** What stands at the desk after these changed: of thousands that wait, those few are taken in. */
  async function standingAfter(
    town: Town,
    { from, to }: { from: number; to: number },
    ids: string[],
    found: Array<Held | null>,
  ): Promise<Standing> {
    const now = performance.now();
    const before = kept.get(town.id);
    // Nothing may lie between what was taken in before and what is taken in now.
    if (!before || before.seq < from || now - before.readAt > READ_ANEW_MS) {
      const { waiting, held } = await scenes.atDesk(town.id);
      kept.set(town.id, { readAt: now, seq: to, all: new Map([...waiting, ...held].map((one) => [one.id, one])) });
    } else {
      before.seq = to;
      for (const [n, id] of ids.entries()) {
        const conversation = found[n]?.conversation;
        if (conversation && conversation.holder !== 'bot') before.all.set(id, conversation);
        else before.all.delete(id);
      }
    }
    const all = [...(kept.get(town.id)?.all.values() ?? [])];
    const waiting = all.filter(({ holder }) => holder === 'queue');
    return scenes.standingOf(town, { waiting, held: all.filter(({ holder }) => holder === 'agent') });
  }

  async function linesFor(reader: Reader, conversation: Conversation, town: Town, agent: Agent): Promise<StreamItem> {
    const { id, version } = conversation;
    const rows = await transcript.withNotes(id, reader.line, MOST_LINES);
    reader.line = rows.at(-1)?.line ?? reader.line;
    return {
      kind: 'lines',
      conversation: id,
      version,
      lines: await reads.linesOf(town, agent, conversation, rows),
    };
  }

  /** What became of the last lines that people wrote: they stand on the page already. */
  async function deliveriesFor(conversation: Conversation, town: Town, agent: Agent): Promise<StreamItem> {
    const rows = await transcript.before(conversation.id, conversation.lines + 1, MOST_LINES);
    const lines = await reads.linesOf(town, agent, conversation, rows);
    return {
      kind: 'deliveries',
      conversation: conversation.id,
      lines: lines.flatMap(({ line, delivery, deliveryReason }) => (delivery ? [{ line, delivery, deliveryReason }] : [])),
    };
  }

  return {
    join(town: string, reader: Reader): void {
      const all = readers.get(town) ?? new Set();
      readers.set(town, all.add(reader));
      if (!rests.has(town))
        rests.set(
          town,
          changes.follow(town, reader.seq, () => wake(town)),
        );
      void pump(town);
    },
    leave(town: string, reader: Reader): void {
      const all = readers.get(town);
      if (!all?.delete(reader) || all.size > 0) return;
      readers.delete(town);
      kept.delete(town);
      took.delete(town);
      rests.get(town)?.();
      rests.delete(town);
      clearTimeout(gathering.get(town));
      gathering.delete(town);
    },
    /** A tab opened a conversation: its newest lines, so that none is missed between loading it and listening. */
    async open(town: Town, reader: Reader, conversation: string): Promise<void> {
      const agent = await agents.get(reader.agent);
      const found = agent && (await reads.readable(agent, conversation));
      reader.viewing = found ? conversation : undefined;
      if (!agent || !found) return;
      reader.line = Math.max(0, found.lines - MOST_LINES);
      reader.send({ kind: 'events', seq: reader.seq, items: [await linesFor(reader, found, town, agent)] });
    },
    wake,
  };
}

export type Broadcast = ReturnType<typeof createBroadcast>;
