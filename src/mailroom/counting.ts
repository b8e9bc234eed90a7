/**
 * What the town's figures are made of: one small row for each thing a decision came to, under an id derived from its
 * cause. Nothing is added up here, so that a replay changes nothing; a finished day is added up by the desk.
 */
import type { Conversation, Pending } from '../domain/conversation';
import type { Effect } from '../domain/effect';
import { markOf } from '../domain/mark';
import { createRecent } from '../recent';
import type { Tallies, Tally } from '../store/rows/tallies';

/** Whoever writes on within it is the same contact. Every time zone begins its days at one of its quarters. */
const QUARTER = 15 * 60_000;
/** Contacts of late, so that not every message of a talk asks the store. */
const REMEMBERED = 10_000;

/** Writes down what is to be counted of a settled decision; `last` is the stem of its effects' ids. */
export type Count = (conversation: Conversation, pending: Pending, last: string, isContact: boolean) => Array<Promise<void>>;

export function createCounting(tallies: Tallies): Count {
  const lately = createRecent<true>(REMEMBERED);

  return (conversation, pending, last, isContact) => {
    const { town, channel, holder, queue } = conversation;
    const at = Date.parse(pending.at);
    const base = { town, at, of: markOf(conversation.id), channel };
    const writes = pending.effects.flatMap((effect, n) => {
      const tally = tallyOf(effect);
      return tally ? [tallies.write(`${last}#${n + 1}`, { ...base, ...tally })] : [];
    });
    if (isContact) {
      const id = `contact:${base.of}:${Math.floor(at / QUARTER)}`;
      if (!lately.has(id)) {
        writes.push(tallies.write(id, { ...base, what: 'contact' }).then(() => void lately.set(id, true)));
      }
    }
    const service = queue?.service;
    if (holder === 'queue' && queue?.queuedAt === pending.at)
      writes.push(tallies.write(`handover:${last}`, { ...base, what: 'handover', service }));
    if (queue?.reopenedAt === pending.at) writes.push(tallies.write(`reopened:${last}`, { ...base, what: 'reopened', service }));
    return writes;
  };
}

function tallyOf(effect: Effect): Omit<Tally, 'town' | 'at' | 'of' | 'channel'> | null {
  switch (effect.kind) {
    case 'recordTopic':
      return { what: 'topic', topic: effect.topic, service: effect.service };
    case 'openTicket':
      return { what: 'request', topic: effect.draft.topic, service: effect.draft.service };
    case 'recordReopening':
      return { what: 'unsolved', service: effect.service };
    case 'recordFeedback':
      return { what: 'feedback', topic: effect.topic, isUseful: effect.isUseful };
    case 'recordQueue': {
      const { what, service, ms, toldMinutes } = effect;
      return { what, service, ms, toldMinutes };
    }
    default:
      return null;
  }
}
