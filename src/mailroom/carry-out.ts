/**
 * Carries out what was decided: lines of the transcript, messages to send, requests (`effects/`), facts.
 * Every write has an id derived from the message that caused it, so that carrying out the same
 * decision twice, in this process or in another, changes nothing.
 */

import type { ChannelName, Conversation, Pending } from '../domain/conversation';
import { isAtCounter } from '../domain/desk/counter';
import { type Effect, isLine } from '../domain/effect';
import { markOf } from '../domain/mark';
import { isCitizenLine } from '../domain/message/activity';
import { laneOf } from '../domain/message/courier';
import { unaskedOf } from '../domain/message/letter';
import { withoutNumbers } from '../domain/miss';
import { LINK_LIFE_MS } from '../domain/rights';
import type { Held } from '../store/rows/conversations';
import type { InboxRow } from '../store/rows/mail';
import { createCounting } from './counting';
import { createLetters } from './effects/letters';
import { createLines, stemOf } from './effects/lines';
import { createRequestEffects } from './effects/requests';
import { createAlertOffice } from './events/alerts';
import type { Fallback } from './outbox/fallback';
import type { Outbox } from './outbox/outbox';
import type { MailroomParts } from './parts';
import { isAutomatic } from './restraint';

/** Until then the answer has left, and been read where somebody is at their page. */
const ERASED_AFTER_MS = 10 * 60_000;

/** Carries out the pending decision of a conversation and settles it. */
export type CarryOut = (held: Held, rows?: InboxRow[]) => Promise<void>;

export function createCarryOut(parts: MailroomParts, outbox: Outbox, fallback: Fallback): CarryOut {
  const { dataRequests, mail, conversations, transcript, ledger, misses, subscriptions, pollAnswers, log } = parts;
  const count = createCounting(parts.tallies);
  const alertOffice = createAlertOffice(parts);
  const step = parts.onStep ?? (() => {});
  const channels = new Map((parts.channels ?? []).map((channel) => [channel.name, channel]));
  const couriers = new Map(parts.couriers.map((courier) => [courier.lane, courier]));
  /** None on the web, whose page comes and reads the transcript; none at the counter, where a person says it. */
  const courierOf = (channel: ChannelName) => {
    const lane = laneOf(channel);
    return lane ? couriers.get(lane) : undefined;
  };
  const lines = createLines(parts, outbox, fallback, courierOf);
  const requests = createRequestEffects(parts);
  const letters = createLetters(parts, outbox);

  return async ({ conversation, lease }, known) => {
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
        rows.some((row) => row && isCitizenLine(row.activity) && !isAutomatic(row)) ||
          (isAtCounter(conversation.channel) && pending.line === 1),
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
    await Promise.all([done, conversations.settle(conversation.id, lease)]);
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
        return lines.say(id, effect, conversation, pending, line);
      case 'note':
      case 'whisper':
        return lines.note(id, effect, conversation, pending, line);
      case 'openTicket':
        return requests.open(id, effect, conversation, pending);
      case 'updateTicket':
        return requests.update(id, effect, conversation, pending);
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
        return requests.follow(id, effect, conversation, pending);
      case 'actFor':
        return requests.actFor(id, effect, conversation, pending);
      case 'endHelp':
        await requests.endActing(id, effect, conversation, pending);
        return;
      case 'writeMail':
        return letters.mail(id, effect, conversation, pending, line);
      case 'writeText':
        return letters.text(id, effect, conversation, pending, line);
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
        return requests.recall(id, effect, conversation, pending);
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
      case 'answerTicket':
        return requests.answer(id, effect, conversation, pending);
      case 'toHub':
        return letters.toHub(id, effect, conversation, pending, line);
      case 'countAttempt':
        log('warn', 'ticket.wrong-proof', { town, conversation: conversation.id });
        await ledger.write(`${id}-address`, { kind: 'attempt', town, subject: address, at });
        return ledger.write(id, { kind: 'attempt', town, subject: effect.reference, at });
      default:
        effect satisfies never;
    }
  }
}
