/**
 * The bot: hears one message at a time and decides, as arithmetic on what it is handed.
 * It has no store, no network and no clock; the mailroom carries out what it decides.
 */
import { createMemory } from '../domain/conversation';
import type { Bot, ProposeAnswer } from '../domain/decision';
import type { ReadAtCounter } from '../domain/desk/counter';
import { sentenceOf } from '../domain/language/sentences';
import type { Calendar, Towns } from '../domain/town';
import type { Understanding } from '../understanding';
import { createCounterReader } from './counter';
import { createTalks } from './talk';
import { createProposing } from './topics/proposed';
import { createTurn } from './turn';

export interface BotParts {
  towns: Towns;
  /** Learns the towns' phrases when it has begun. */
  understanding: Promise<Understanding>;
  calendar: Calendar;
}

/** Characters of an answer that a text message repeats. */
const LONGEST_ANSWER = 320;

export function createBot({
  towns,
  understanding,
  calendar,
}: BotParts): Bot & { readAtCounter: ReadAtCounter; proposeAnswer: ProposeAnswer } {
  let open: Understanding | undefined;
  const ready = understanding.then((understood) => {
    open = understood;
    const parts = { towns, calendar, understanding: understood };
    return { parts, talks: createTalks(parts) };
  });
  const turning = ready.then(({ parts, talks }) => {
    // The SDK is a good part of a second to load, and nobody is answered before the phrases are learnt.
    const { createTurnRunner } = require('./adapter') as typeof import('./adapter');
    return createTurn(parts, talks, createTurnRunner());
  });
  // Told by whoever opened the understanding; here it only must not go unheard.
  turning.catch(() => {});
  return {
    turn: async (...heard) => (await turning)(...heard),
    async readAtCounter(...typed) {
      const { parts, talks } = await ready;
      return createCounterReader(parts, talks)(...typed);
    },
    async proposeAnswer(...asked) {
      // What an agent opens does not wait for the phrases to be learnt.
      if (!open) return null;
      const { parts, talks } = await ready;
      return createProposing(parts, talks)(...asked);
    },
    learning: (town) => (open ? open.learning(town) : ready.then(() => {})),
    apologise(conversation) {
      const { memory } = conversation;
      const text = sentenceOf(towns, conversation.town, memory.language, 'sorry.failed');
      return {
        memory,
        holder: conversation.holder,
        effects: [{ kind: 'say', activity: { type: 'message', text, textFormat: 'plain', locale: memory.language } }],
        why: { rule: 'apology', heard: [] },
      };
    },
    unread({ town: id, channel, memory: { language } }, answer) {
      const town = towns.get(id);
      const said = answer.length > LONGEST_ANSWER ? `${answer.slice(0, LONGEST_ANSWER)}…` : answer;
      return {
        text: sentenceOf(towns, id, language, channel === 'whatsapp' ? 'unread.whatsapp' : 'unread.text', { answer: said }),
        subject: sentenceOf(towns, id, language, 'unread.subject', { authority: town?.authority[language] ?? town?.name ?? '' }),
      };
    },
    hush(conversation, reason) {
      const { memory, town, holder } = conversation;
      const text = sentenceOf(towns, town, memory.language, `limits.${reason}`, {
        general: towns.get(town)?.emergency.general ?? '',
      });
      const said = { type: 'message' as const, text, textFormat: 'plain' as const, locale: memory.language };
      return {
        memory,
        holder,
        effects: [
          { kind: 'hush', reason },
          { kind: 'say', activity: said },
        ],
        why: { rule: 'hush', heard: [] },
      };
    },
    open: (town) => ({ memory: createMemory((towns.get(town) ?? towns.list()[0])?.languages[0] ?? '') }),
  };
}
