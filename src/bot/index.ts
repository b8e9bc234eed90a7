/**
 * The bot: hears one message at a time and decides, as arithmetic on what it is handed.
 * It has no store, no network and no clock; the mailroom carries out what it decides.
 */
import { createMemory } from '../domain/conversation';
import type { Bot } from '../domain/decision';
import type { Calendar, Towns } from '../domain/town';
import { createTurnRunner } from './adapter';
import { createTalks } from './talk';
import { createTurn } from './turn';
import type { Understanding } from './understanding/understanding';

export interface BotParts {
  towns: Towns;
  understanding: Understanding;
  calendar: Calendar;
}

export function createBot(parts: BotParts): Bot {
  const talks = createTalks(parts);
  const turn = createTurn(parts, talks, createTurnRunner());
  return {
    turn,
    apologise(conversation) {
      const { memory } = conversation;
      const text = talks.sentence(conversation.town, memory.language, 'sorry.failed');
      return {
        memory,
        holder: conversation.holder,
        effects: [{ kind: 'say', activity: { type: 'message', text, textFormat: 'plain', locale: memory.language } }],
        why: { rule: 'apology', heard: [] },
      };
    },
    open: (town) => ({ memory: createMemory(parts.towns.get(town)?.languages[0] ?? 'fr') }),
  };
}
