/**
 * What is asked about any answer, whatever it was about: how long it takes, at what time, its price, what to bring, whether to
 * book, where it is; and which sentence of an answer tells it.
 */
import type { Talk } from '../../dialogs';
import { sentencesOf, tellsHour, tellsPrice } from '../../domain/topic/answer-sentences';
import { keysOf } from './again';
import { ended } from './by-day';

/** 'How much time' is no price, nor is 'how many books'. */
const ASPECTS = ['hour', 'day', 'time', 'count', 'price', 'papers', 'booking', 'where'] as const;
/** 'Lessons from 6 years on, €95; aquafit on Monday': two things are told. */
const STRETCH_END = /\s*;\s+/;
export type Aspect = (typeof ASPECTS)[number];

/** What a line shares with the words of now, and with those that were answered before, counts so much beside what it tells. */
const OF_NOW = 0.5;
const OF_BEFORE = 0.25;

/** The word list by which an aspect is asked for. */
export function askedBy(aspect: Aspect): string {
  return `asks-${aspect}`;
}

export function aspectAsked(talk: Talk): Aspect | undefined {
  return aspectsAsked(talk)[0];
}

/** 'Until when?' may be by which day, or by which hour; 'how many books' is no price, 'how many weeks' no count. */
export function aspectsAsked(talk: Talk): Aspect[] {
  const asked = ASPECTS.filter((aspect) => talk.means(askedBy(aspect)));
  if (!asked.includes('count')) return asked;
  return asked.filter((aspect) => aspect !== 'price' && (aspect !== 'count' || !asked.includes('time')));
}

/** 'Until when?', 'how much is it': the aspect is asked for, and no word says of what. */
export function isAskedAlone(talk: Talk, aspect: Aspect): boolean {
  const asking = keysOf(talk.t(`words.${askedBy(aspect)}`));
  return [...keysOf(talk.text)].every((word) => asking.has(word));
}

/**
 * The sentence that tells most of it, and how much: an amount says more of a price than 'free'. Of two that tell as much, the
 * one in the line that speaks of what was asked: 'how long?' after a building permit is not about a declaration.
 */
export function sentenceTelling(talk: Talk, text: string, aspect: Aspect): { sentence: string; much: number } | undefined {
  let best: { sentence: string; much: number; weight: number } | undefined;
  const [now, before] = [keysOf(talk.text), keysOf(talk.memory.asked?.text ?? '')];
  for (const line of text.split('\n')) {
    const said = keysOf(line);
    const beside = OF_NOW * shared(said, now) + OF_BEFORE * shared(said, before);
    for (const sentence of sentencesOf(line).flatMap((each) => each.split(STRETCH_END))) {
      const much = tells(talk, sentence, aspect);
      const own = keysOf(sentence);
      const weight = much + beside + OF_NOW * shared(own, now) + OF_BEFORE * shared(own, before);
      if (much > 0 && weight > (best?.weight ?? 0)) best = { sentence: ended(sentence), much, weight };
    }
  }
  return best;
}

function shared(one: Set<string>, other: Set<string>): number {
  return [...other].filter((word) => one.has(word)).length;
}

function tells(talk: Talk, sentence: string, aspect: Aspect): number {
  switch (aspect) {
    case 'price':
      return tellsPrice(sentence);
    case 'hour':
      return tellsHour(sentence) ? 1 : 0;
    case 'day':
      return Math.min(1, talk.counts('tells-day', sentence));
    case 'count':
      return /\d/.test(sentence) && tellsPrice(sentence) < 2 && !tellsHour(sentence) ? 1 : 0;
    case 'time':
      return /\d/.test(sentence) ? talk.counts('tells-time', sentence) : 0;
    default:
      return talk.counts(`tells-${aspect}`, sentence);
  }
}
