/**
 * From the inbox to a saved decision. A message is written down, then heard by the bot in its
 * turn; the decision is saved by compare-and-set; then it is carried out and the row is done.
 * A crash anywhere leads back here: a decision already saved is carried out again, never made again.
 */
import { randomUUID } from 'node:crypto';
import { backOff } from '../domain/back-off';
import { type Conversation, passTo } from '../domain/conversation';
import type { Decide, Decision } from '../domain/decision';
import { isLine } from '../domain/effect';
import { type Activity, isCitizenLine } from '../domain/message/activity';
import type { Receive, Received } from '../domain/message/letter';
import { createRecent } from '../recent';
import { StoreUnavailable } from '../store/collection';
import type { Held } from '../store/rows/conversations';
import type { InboxRow } from '../store/rows/mail';
import { createCarryOut } from './carry-out';
import { beyond, leaseLeft, waitLeft } from './lease';
import { createWaitingLine } from './line';
import { createLookups } from './lookups';
import type { Fallback } from './outbox/fallback';
import type { Outbox } from './outbox/outbox';
import { type MailroomParts, SECOND } from './parts';
import { createRestraint } from './restraint';
import { joined, oneThought } from './thought';
import { createWriteDown } from './write-down';

/** How long a process may take to carry out a saved decision before another takes over. */
const LEASE = 5 * SECOND;
const TURN_LIMIT = 10 * SECOND;
const MOST_ATTEMPTS = 6;
const LONGEST_WAIT = 60 * SECOND;
/** Conversations remembered as they were left. */
const REMEMBERED = 500;
/** A town that is still being learnt tells when it is done; this is only for when it cannot be. */
const LEARNING = 60 * SECOND;
/** Look at the conversation again, at once. */
const AGAIN = -1;

export interface Inbox {
  receive: Receive;
  sweep(): Promise<void>;
  inHand(): number;
  stop(): void;
}

export function createInbox(parts: MailroomParts, outbox: Outbox, fallback: Fallback): Inbox {
  const { mail, conversations, tickets, bot, clock, log } = parts;
  const step = parts.onStep ?? (() => {});
  const owner = randomUUID();
  const restraint = createRestraint(parts);
  const lookupsFor = createLookups(parts);
  const carryOut = createCarryOut(parts, outbox, fallback);
  const line = createWaitingLine(drain);
  const channels = new Map((parts.channels ?? []).map((channel) => [channel.name, channel]));
  const lately = createRecent<Held>(REMEMBERED);
  const writeDown = createWriteDown(parts);
  let isStarted = false;

  async function receive(message: Received): Promise<'new' | 'known'> {
    step('inbox:before');
    const written = await writeDown(message);
    step('inbox:written');
    if (written === 'new' && isStarted) line.ask(message.conversation);
    return written;
  }

  /** Works off the open messages of one conversation, oldest first. */
  async function drain(id: string): Promise<number | null> {
    try {
      for (;;) {
        const [waiting, known] = await Promise.all([mail.inbox.ofConversation(id, 50), heldOf(id)]);
        const thought = oneThought(waiting);
        if (thought.length === 0) return null;
        // Each new fragment makes the pause begin again; a whole message has none.
        const wait = waitLeft(thought.at(-1) ?? { dueAt: 0 }, clock().getTime());
        if (wait > 0) return wait;
        const again = await handle(thought, known);
        if (again === AGAIN) continue;
        if (again !== null) return again;
        // What came meanwhile has asked for another look by itself.
        if (waiting.length === thought.length) return null;
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log('error', 'inbox.fault', { conversation: id, reason: reasonOf(error) });
      return backOff(1, SECOND, 5 * SECOND);
    }
  }

  /** One thought; null when it is done, AGAIN when something before it was, else how long to wait (milliseconds). */
  async function handle(rows: InboxRow[], known: Held | null): Promise<number | null> {
    const [first] = rows as [InboxRow];
    const now = clock();
    const held = known ?? { conversation: newConversation(first, now), lease: { owner: '', until: 0 } };
    const { conversation } = held;
    lately.delete(conversation.id);
    if (conversation.pending) {
      // Saved and not yet settled: by a process that is at it now, or by one that died.
      if (held.lease.owner !== owner && leaseLeft(held.lease.until, LEASE, now.getTime()) > 0) return SECOND / 4;
      await carryOut(held);
      return AGAIN;
    }
    const turned = rows.filter((row) => conversation.lastCauses.includes(row._id));
    if (turned.length > 0) {
      await Promise.all(turned.map((row) => mail.inbox.move(row._id, ['new'], { $set: { state: 'done' } })));
      return AGAIN;
    }
    // Whoever writes while the town's phrases are being learnt is answered the moment they are.
    const learning = first.activity.from?.role === 'agent' ? null : bot.learning?.(first.town);
    if (learning) {
      learning.then(
        () => line.ask(first.conversation),
        () => {},
      );
      return LEARNING;
    }
    let next: Conversation;
    try {
      await fetchAll(rows);
      const decision = await restraint.judge(rows, conversation, () => decide(rows, conversation, now), now);
      next = after(conversation, rows, decision, 'done', now);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      const attempts = first.attempts + 1;
      const reason = reasonOf(error);
      log('error', 'turn.failed', { inbox: first._id, attempts, reason });
      const isLast = attempts >= MOST_ATTEMPTS;
      const wait = backOff(attempts, SECOND / 4, LONGEST_WAIT);
      const tried = { attempts, reason, ...(isLast ? {} : { dueAt: now.getTime() + wait, waitMs: wait }) };
      await Promise.all(rows.map((row) => mail.inbox.move(row._id, ['new'], { $set: tried })));
      if (!isLast) return wait;
      // To somebody who asked nothing there is nothing to apologise for.
      const decision = isCitizenLine(first.activity) ? bot.apologise(conversation) : silence(conversation);
      next = after(conversation, rows, decision, 'dead', now);
    }
    step('turn:decided');
    const savedAt = clock().getTime();
    // Whole seconds: what many conversations are told when their effects are carried out is then the same, and one write.
    const lease = { owner, until: Math.ceil((savedAt + LEASE) / SECOND) * SECOND };
    const saved = { ...next, version: next.version + 1 };
    // A conversation is first written with its first decision: one wait for the disk less.
    const isSaved = known ? conversations.save(conversation, next, lease, savedAt) : conversations.begin(saved, lease);
    if (!(await isSaved)) return SECOND / 4;
    if (rows.some(({ activity }) => isCitizenLine(activity))) parts.onTurn?.(conversation.town, next.pending!.why.rule);
    step('turn:saved');
    await carryOut({ conversation: saved, lease }, rows);
    lately.set(saved.id, { conversation: { ...saved, pending: null }, lease: { owner: '', until: 0 } });
    return null;
  }

  /** The conversation as this process left it, or as it stands in the store; null for a new one. Good for one decision: whoever changed it since makes our saving fail. */
  async function heldOf(id: string): Promise<Held | null> {
    return lately.get(id) ?? conversations.find(id);
  }

  /** Brings in what the messages only point at, and writes it down with them. */
  async function fetchAll(rows: InboxRow[]): Promise<void> {
    for (const row of rows) {
      const fetch = channels.get(row.channel)?.fetch;
      if (!fetch) continue;
      const { _id: id, town, channel, conversation, address } = row;
      const activity = await fetch({ id, town, channel, conversation, address, activity: row.activity });
      if (activity === row.activity) continue;
      row.activity = activity;
      // Whoever slept meanwhile finds nothing at the carrier any more, and must not write that over what another found.
      const found = { $set: { activity, isFetched: true } };
      if (!(await mail.inbox.move(row._id, ['new'], found, { isFetched: { $exists: false } })))
        row.activity = (await mail.inbox.get(row._id))?.activity ?? activity;
    }
  }

  async function decide(rows: InboxRow[], conversation: Conversation, now: Date): Promise<Decision> {
    // A reference is a hash of the message's id; in the rare case that it is taken, the turn is heard again with the next one.
    const [row] = rows.slice(-1) as [InboxRow];
    const heard = joined(rows);
    const turn = decideFor(heard);
    for (let salt = 0; ; salt += 1) {
      const decision = await withLimit(turn(heard, conversation, lookupsFor(row, conversation.address, now, salt)), TURN_LIMIT);
      const opened = decision.effects.flatMap((effect) => (effect.kind === 'openTicket' ? [effect.reference] : []));
      const taken = await Promise.all(opened.map((reference) => tickets.byReference(row.town, reference)));
      if (taken.every((ticket) => ticket === null)) return decision;
    }
  }

  /** Who decides is chosen by who sent. */
  function decideFor({ from }: Activity): Decide {
    if (from?.role !== 'agent') return bot.turn;
    if (!parts.desk) throw new Error('An agent asked for something, and there is no desk that could decide it');
    return parts.desk;
  }

  function newConversation(row: InboxRow, now: Date): Conversation {
    const at = now.toISOString();
    return {
      id: row.conversation,
      town: row.town,
      channel: row.channel,
      address: row.address,
      version: 0,
      holder: 'bot',
      ...bot.open(row.town),
      lines: 0,
      pending: null,
      lastCauses: [],
      createdAt: at,
      updatedAt: at,
    };
  }

  return {
    receive,
    async sweep() {
      isStarted = true;
      const now = clock().getTime();
      // What is in hand is done by whoever has it; should something else wait there, the next sweep finds it.
      for (const row of await mail.inbox.due(now, 200, beyond(LONGEST_WAIT, now)))
        if (!line.isInHand(row.conversation)) line.ask(row.conversation);
      for (const held of await conversations.unsettled(now, 50, beyond(LEASE, now))) {
        try {
          await carryOut(held);
        } catch (error) {
          if (error instanceof StoreUnavailable) throw error;
          // One that cannot be carried out must not keep the others waiting.
          log('error', 'inbox.fault', { conversation: held.conversation.id, reason: reasonOf(error) });
        }
      }
    },
    inHand: line.inHand,
    stop: line.stop,
  };
}

/** The conversation as it stands after a decision, with the effects to carry out. */
function after(
  conversation: Conversation,
  rows: InboxRow[],
  decision: Decision,
  outcome: 'done' | 'dead',
  now: Date,
): Conversation {
  const at = now.toISOString();
  const causes = rows.map((row) => row._id);
  const heard = rows.filter((row) => isCitizenLine(row.activity)).length;
  const said = decision.effects.filter(isLine).length;
  const { memory, effects, why, answer, queue = conversation.queue ?? null } = decision;
  return {
    ...conversation,
    ...passTo(conversation, decision.holder, queue),
    untoldAt: isForDesk(conversation, decision) ? now.getTime() : undefined,
    memory,
    lines: conversation.lines + heard + said,
    pending: { causes, line: conversation.lines + 1, at, effects, why, outcome, ...(answer ? { answer } : {}) },
    lastCauses: causes,
    updatedAt: at,
  };
}

/** Whether people at the town hall look at what this changes: what the bot does alone is nobody's screen. */
function isForDesk({ holder }: Conversation, { holder: next, effects }: Decision): boolean {
  return holder !== 'bot' || next !== 'bot' || effects.some(({ kind }) => kind === 'alert' || kind === 'note');
}

function silence({ memory, holder }: Conversation): Decision {
  return { memory: { ...memory, remindAt: 0 }, holder, effects: [], why: { rule: 'none', heard: [] } };
}

async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The turn took longer than ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}
