/**
 * One message as a new citizen's first text message, and what the bot does with it: the turn is measured, not only the
 * topic heard. A phone is the strictest channel: all that is said is one text, and words can opt out.
 */
import { createBot } from '../../src/bot';
import { createMemory } from '../../src/domain/conversation';
import { type Decision, type Lookups, lookupsOfNobody } from '../../src/domain/decision';
import type { Towns } from '../../src/towns';
import { createCalendar } from '../../src/towns/calendar/calendar';
import type { Understanding } from '../../src/understanding';

/** A Monday, in the hours of the town. */
export const NOW = new Date('2026-11-23T09:00:00Z');

export interface Turned {
  /** The first line is whom to call: at once and alone, or before the rest in case somebody is in danger; null when it is not. */
  danger: 'sure' | 'perhaps' | null;
  firstLine: string;
  isOptedOut: boolean;
  /** What was begun, answered, or put off until after it. */
  topics: string[];
}

export type Turn = (text: string) => Promise<Turned>;

export function createTurns(towns: Towns, understanding: Understanding, town: string): Turn {
  const bot = createBot({ towns, understanding: Promise.resolve(understanding), calendar: createCalendar() });
  const language = towns.get(town)?.languages[0] ?? '';
  const numbers = Object.values(towns.get(town)?.emergency ?? {});
  const at = NOW.toISOString();
  return async (text) => {
    const decision = await bot.turn(
      { type: 'message', text },
      {
        ...{ id: 'evaluation', town, channel: 'sms', address: '+33639980000', version: 0, holder: 'bot' },
        ...{ memory: createMemory(language), lines: 0, pending: null, lastCauses: [], createdAt: at, updatedAt: at },
      },
      NOBODY,
    );
    const said = decision.effects.flatMap((effect) => (effect.kind === 'say' ? [effect.activity] : []));
    const firstLine = said[0]?.text?.split('\n')[0] ?? '';
    const isCall = said[0]?.importance === 'high' && numbers.some((number) => firstLine.includes(number));
    return {
      danger: !isCall ? null : decision.why.rule === 'danger' ? 'sure' : 'perhaps',
      firstLine,
      isOptedOut: decision.effects.some((effect) => effect.kind === 'recordConsent' && !effect.given),
      topics: topicsOf(decision),
    };
  };
}

/** Somebody who never wrote before. */
const NOBODY: Lookups = { ...lookupsOfNobody(NOW), reference: (n) => `TEST-000${n}` };

function topicsOf({ memory }: Decision): string[] {
  const held = memory.dialogs.flatMap(({ data }) => (typeof data.topic === 'string' ? [data.topic] : []));
  return [...new Set([...held, ...memory.waiting.map(({ topic }) => topic), ...(memory.lastTopic ? [memory.lastTopic] : [])])];
}
