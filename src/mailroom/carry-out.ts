/**
 * Carries out what was decided: lines of the transcript, messages to send, tickets, facts.
 * Every write has an id derived from the message that caused it, so that carrying out the same
 * decision twice, in this process or in another, changes nothing.
 */

import { createHash } from 'node:crypto';
import type { ChannelName, Conversation, Pending } from '../domain/conversation';
import { isAtCounter } from '../domain/desk/counter';
import { type Effect, isLine, type Speaker } from '../domain/effect';
import { markOf } from '../domain/mark';
import { type Activity, isCitizenLine } from '../domain/message/activity';
import { unaskedOf } from '../domain/message/letter';
import { withoutNumbers } from '../domain/miss';
import { LINK_LIFE_MS } from '../domain/rights';
import { callBackOf } from '../domain/ticket/call-back';
import { eventOf, fieldsAfter } from '../domain/ticket/citizen-change';
import { isOpen, mayMove } from '../domain/ticket/states';
import type { TicketEvent } from '../domain/ticket/ticket';
import { FOR_A_PERSON } from '../domain/topic/topic';
import type { InboxRow } from '../store/rows/mail';
import type { Line } from '../store/rows/transcript';
import { createCounting } from './counting';
import { createAlertOffice } from './events/alerts';
import { standsAt } from './events/merging';
import type { Fallback } from './outbox/fallback';
import { orderOf, rowOf } from './outbox/letter-row';
import type { Outbox } from './outbox/outbox';
import { createUnread } from './outbox/unread';
import type { MailroomParts } from './parts';

/** Until then the answer has left, and been read where somebody is at their page. */
const ERASED_AFTER_MS = 10 * 60_000;
const MOST_LINKS = 50;

/** Carries out the pending decision of a conversation and settles it. */
export type CarryOut = (conversation: Conversation, rows?: InboxRow[]) => Promise<void>;

export function createCarryOut(parts: MailroomParts, outbox: Outbox, fallback: Fallback): CarryOut {
  const { dataRequests, followers, mail, conversations, transcript, tickets, ledger, misses, log } = parts;
  const { subscriptions, pollAnswers } = parts;
  const unread = createUnread(parts);
  const count = createCounting(parts.tallies);
  const alertOffice = createAlertOffice(parts);
  const step = parts.onStep ?? (() => {});
  const channels = new Map((parts.channels ?? []).map((channel) => [channel.name, channel]));
  const couriers = new Map(parts.couriers.map((courier) => [courier.lane, courier]));
  /** None on the web, whose page comes and reads the transcript; none at the counter, where a person says it. */
  const courierOf = (channel: ChannelName) => (channel === 'web' || isAtCounter(channel) ? undefined : couriers.get(channel));

  return async (conversation, known) => {
    const { pending } = conversation;
    if (!pending) return;
    const rows = known ?? (await Promise.all(pending.causes.map((cause) => mail.inbox.get(cause))));
    const last = stemOf(pending.causes.at(-1) ?? '');
    const writes: Array<Promise<void>> = [];
    let { line } = pending;
    for (const row of rows) {
      if (!row || !isCitizenLine(row.activity)) continue;
      writes.push(
        transcript.write({
          id: row._id,
          town: conversation.town,
          conversation: conversation.id,
          line,
          at: pending.at,
          from: 'citizen',
          activity: { ...row.activity, id: row._id, conversation: { id: conversation.id }, timestamp: pending.at },
          why: pending.why,
        }),
      );
      line += 1;
    }
    for (const [n, effect] of pending.effects.entries()) {
      const id = `${last}#${n + 1}`;
      writes.push(carryOne(id, effect, conversation, pending, line).then(() => step(`effect:${effect.kind}`)));
      if (isLine(effect)) line += 1;
    }
    writes.push(
      ...count(
        conversation,
        pending,
        last,
        // What is noted at the counter is a contact by its first line, which an agent wrote.
        rows.some((row) => row && isCitizenLine(row.activity)) || (isAtCounter(conversation.channel) && pending.line === 1),
      ),
    );
    await Promise.all(writes);
    step('effects:done');
    // What is said is on disk: it leaves while the rest is being written down.
    channels.get(conversation.channel)?.said?.(conversation.id);
    if (mayPost(conversation, pending)) outbox.ask(conversation.id);
    const done = Promise.all(
      pending.causes.map((cause) =>
        mail.inbox.move(cause, ['new'], { $set: { state: pending.outcome, answer: pending.answer } }),
      ),
    );
    // Once settled, another process may mark the row as done, and knows no answer: it stands there first.
    if (pending.answer) await done;
    await Promise.all([done, conversations.settle(conversation.id, conversation.version)]);
    step('inbox:done');
    if (conversation.untoldAt !== undefined) parts.onChanged?.({ ...conversation, pending: null });
  };

  /** Whether something may stand in the outbox: on a page of the web only news does, as a text message beside it. */
  function mayPost({ channel }: Conversation, { effects }: Pending): boolean {
    if (courierOf(channel)) return true;
    return effects.some((effect) => effect.kind === 'say' && unaskedOf(effect.activity) !== null);
  }

  async function carryOne(id: string, effect: Effect, conversation: Conversation, pending: Pending, line: number): Promise<void> {
    const { town, channel, address } = conversation;
    const at = Date.parse(pending.at);
    switch (effect.kind) {
      case 'say':
        return say(id, effect, conversation, pending, line);
      case 'note':
      case 'whisper':
        return note(id, effect, conversation, pending, line);
      case 'openTicket': {
        const state = effect.draft.agent ? 'assigned' : 'new';
        const opened: TicketEvent = { id, at: pending.at, by: 'citizen', kind: 'opened', state, isPublic: true };
        await tickets.open({
          id,
          town,
          reference: effect.reference,
          state,
          ...effect.draft,
          conversation: conversation.id,
          channel,
          address,
          history: [opened],
          revision: 0,
          openedAt: pending.at,
          updatedAt: pending.at,
        });
        for (const { reference } of effect.draft.links ?? []) await linkBack(id, town, reference, effect.reference, pending.at);
        return;
      }
      case 'updateTicket':
        return updateTicket(id, effect, conversation, pending);
      case 'recordConsent':
        if (!effect.given) await subscriptions.stop(town, address);
        return ledger.write(id, {
          kind: 'consent',
          town,
          subject: address,
          at,
          given: effect.given,
          words: effect.words,
          channel,
        });
      case 'subscribe':
      case 'unsubscribe': {
        const { theme, words } = effect;
        const given = effect.kind === 'subscribe';
        const own = { town, theme, conversation: conversation.id };
        if (effect.kind === 'unsubscribe') await subscriptions.end(town, theme, conversation.id);
        else {
          const { language } = conversation.memory;
          await subscriptions.add({ ...own, channel, address, language, at: pending.at, sector: effect.sector });
        }
        return ledger.write(id, {
          ...{ kind: 'subscription', source: 'message', town, subject: address, at, theme, given, words, channel },
        });
      }
      case 'answerPoll': {
        const { poll, choice, words } = effect;
        const { language } = conversation.memory;
        return pollAnswers.give({ town, poll, choice, words, language, at, conversation: conversation.id, channel, address });
      }
      case 'followTicket':
        return follow(id, effect, conversation, pending);
      case 'writeMail': {
        const activity = { type: 'message' as const, id, text: effect.text, channelData: { ...effect.mail } };
        const letter = {
          id,
          town,
          channel: 'email' as const,
          conversation: `mail:${conversation.id}`,
          address: effect.to,
          activity,
        };
        // Without a mail server nobody would ever take it from the pile.
        if (parts.couriers.some(({ lane }) => lane === 'email')) {
          await parts.mail.outbox.write(rowOf(letter, { at, order: orderOf(at, line) }));
          outbox.ask(letter.conversation);
        }
        return;
      }
      case 'writeText': {
        const thread = `code:${conversation.id}`;
        const activity: Activity = { type: 'message', id, text: effect.text, channelData: { unprompted: true } };
        const letter = { id, town, channel: 'sms' as const, conversation: thread, address: effect.to, activity };
        // Without a sender of text messages nobody would ever take it from the pile.
        if (!couriers.has('sms')) return;
        await mail.outbox.write(rowOf(letter, { at, order: orderOf(at, line) }));
        return outbox.ask(thread);
      }
      case 'exerciseRight': {
        const { right, contact } = effect;
        const whose = { town, channel, address, conversation: conversation.id, ...(contact ? { contact } : {}) };
        if (effect.right === 'export') return dataRequests.ask({ id: effect.key, right, ...whose, dueAt: at + LINK_LIFE_MS });
        return dataRequests.ask({ id, right, ...whose, dueAt: at + ERASED_AFTER_MS });
      }
      case 'recordReopening':
      case 'recordFeedback':
      case 'recordTopic':
        // Counted, and nothing else.
        return;
      case 'recordMiss': {
        const { kind: _, words, ...miss } = effect;
        const { language } = conversation.memory;
        return misses.write({
          id,
          town,
          at,
          language,
          of: markOf(conversation.id),
          state: 'open',
          ...miss,
          words: withoutNumbers(words),
        });
      }
      case 'recallReference':
        return tickets.change(
          town,
          effect.reference,
          { id, at: pending.at, by: 'citizen', kind: 'recalled', isPublic: true },
          () => ({}),
        );
      case 'recordReferral':
        return ledger.write(id, { kind: 'referral', town, subject: effect.topic, at });
      case 'alert':
        for (const thread of await alertOffice.note(id, effect, conversation, pending)) outbox.ask(thread);
        return;
      case 'recordAbuse':
        return parts.abuses.write({ id, town, at, conversation: conversation.id, channel, ...effect.report });
      case 'hush':
        return ledger.write(id, { kind: 'hush', town, subject: address, at, reason: effect.reason });
      case 'recordQueue': {
        const { what, service: subject, ms, toldMinutes } = effect;
        if (what === 'handled') return ledger.write(id, { kind: 'handling', town, subject, at, ms });
        return ledger.write(id, { kind: 'departure', town, subject, at, ms, isTaken: what === 'taken', toldMinutes });
      }
      case 'takeCallback':
        return parts.callbacks.take({ town, service: effect.service, at: effect.at }, pending.causes.at(-1) ?? '');
      case 'answerTicket': {
        const { by: agent, text } = effect;
        const event: TicketEvent = {
          id,
          at: pending.at,
          by: 'system',
          agent,
          kind: 'state',
          state: 'resolved',
          text,
          isPublic: true,
        };
        return tickets.change(town, effect.reference, event, (ticket) =>
          ticket.topic === FOR_A_PERSON && isOpen(ticket) && mayMove(ticket.state, 'resolved', 'system')
            ? { state: 'resolved' }
            : null,
        );
      }
      case 'toHub': {
        const thread = `hub:${conversation.id}`;
        const activity: Activity = { type: 'event', value: { ...effect.activity, id, timestamp: pending.at } };
        const letter = {
          id: `${id}~hub`,
          town,
          channel: 'webhook' as const,
          conversation: thread,
          address: effect.url,
          activity,
        };
        await mail.outbox.write(rowOf(letter, { at, order: orderOf(at, line) }));
        return outbox.ask(thread);
      }
      case 'countAttempt':
        log('warn', 'ticket.wrong-proof', { town, conversation: conversation.id });
        await ledger.write(`${id}-address`, { kind: 'attempt', town, subject: address, at });
        return ledger.write(id, { kind: 'attempt', town, subject: effect.reference, at });
      default:
        effect satisfies never;
    }
  }

  async function say(
    id: string,
    { activity: said, by }: Extract<Effect, { kind: 'say' }>,
    conversation: Conversation,
    pending: Pending,
    line: number,
  ): Promise<void> {
    const { town, channel, address, holder } = conversation;
    const cause = pending.causes.at(-1) ?? '';
    // A citizen knows a person of the town hall by the first name, and no more.
    const name = by?.kind === 'agent' ? firstNameOf(by.name) : undefined;
    const activity: Activity = {
      ...said,
      id,
      timestamp: pending.at,
      channelId: channel === 'web' ? 'directline' : channel,
      conversation: { id: conversation.id },
      from: { id: town, role: 'bot', ...(name ? { name } : {}) },
      // What an agent's page asked for is none of the citizen's messages.
      ...(cause === stemOf(cause) ? { replyToId: cause } : {}),
      ...(name || holder === 'agent'
        ? {
            channelData: {
              ...said.channelData,
              ...(name ? { author: { kind: 'agent', name } } : {}),
              ...(holder === 'agent' ? { holder } : {}),
            },
          }
        : {}),
    };
    const writes: Array<Promise<unknown>> = [
      transcript.write({ id, town, conversation: conversation.id, line, at: pending.at, ...writtenBy(by), activity }),
    ];
    const at = Date.parse(pending.at);
    const order = orderOf(at, line);
    const message = { id, town, conversation: conversation.id, address, activity };
    const courier = courierOf(channel);
    if (courier) writes.push(mail.outbox.write(rowOf({ ...message, channel: courier.lane }, { at, order })));
    else if (by?.kind === 'agent' && channel === 'web')
      writes.push(unread.later(conversation, { text: said.text ?? '', line, at, order }));
    else writes.push(fallback.beside({ ...message, channel, order }));
    // What people write is no answer of a machine's, and limits nobody.
    if (courier?.isPaid && !unaskedOf(said) && by?.kind !== 'agent')
      writes.push(ledger.write(`${id}~answer`, { kind: 'answer', town, subject: address, at }));
    await Promise.all(writes);
  }

  function note(
    id: string,
    effect: Extract<Effect, { kind: 'note' | 'whisper' }>,
    { town, id: conversation }: Conversation,
    { at }: Pending,
    line: number,
  ): Promise<void> {
    const { kind: from, text, by } = effect;
    const activity: Activity = { type: 'message', id, timestamp: at, text, textFormat: 'plain' };
    const to = effect.kind === 'whisper' ? { to: effect.to } : {};
    return transcript.write({ id, town, conversation, line, at, ...writtenBy(by), from, ...to, activity });
  }

  async function follow(
    id: string,
    { reference, words }: Extract<Effect, { kind: 'followTicket' }>,
    { town, channel, address, id: conversation }: Conversation,
    { at }: Pending,
  ): Promise<void> {
    await followers.add({ town, reference, conversation, channel, address, at });
    const event: TicketEvent = { id, at, by: 'citizen', kind: 'followed', text: words, isPublic: false };
    await tickets.change(town, reference, event, () => ({}));
  }

  /** A request that has to do with another is seen from there too. */
  async function linkBack(id: string, town: string, reference: string, from: string, at: string): Promise<void> {
    const event: TicketEvent = { id: `${id}~link`, at, by: 'citizen', kind: 'linked', text: from, isPublic: false };
    await tickets.change(town, reference, event, ({ links = [] }) =>
      links.length < MOST_LINKS ? { links: [...links, { reference: from, kind: 'neighbour' }] } : null,
    );
  }

  async function updateTicket(
    id: string,
    { reference, change }: Extract<Effect, { kind: 'updateTicket' }>,
    conversation: Conversation,
    pending: Pending,
  ): Promise<void> {
    const event: TicketEvent = { id, at: pending.at, by: 'citizen', isPublic: true, ...eventOf(change) };
    const standing = await standsAt(tickets, conversation.town, reference);
    await tickets.change(conversation.town, standing, event, (ticket) => fieldsAfter(ticket, change, pending.at));
    if (change.kind === 'cancel') await freeCallBack(conversation.town, reference);
  }

  /** Somebody else can be called at the time of a request that was withdrawn. */
  async function freeCallBack(town: string, reference: string): Promise<void> {
    const ticket = await tickets.byReference(town, reference);
    const place = ticket?.state === 'withdrawn' ? callBackOf(ticket) : null;
    if (place) await parts.callbacks.free({ town, service: place.service, at: place.at }, place.by);
  }
}

/** What the ids of effects begin with: an agent's action is named by who did it, and citizens read the ids of lines. */
function stemOf(cause: string): string {
  return cause.startsWith('desk:') ? `desk:${createHash('sha256').update(cause).digest('hex').slice(0, 24)}` : cause;
}

function writtenBy(by: Speaker | undefined): Pick<Line, 'from' | 'agent'> {
  if (!by) return { from: 'bot' };
  switch (by.kind) {
    case 'agent':
      return { from: 'agent', agent: { id: by.id, name: by.name } };
    case 'system':
      return { from: 'system' };
  }
}

function firstNameOf(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? '';
}
