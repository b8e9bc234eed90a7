/**
 * What is asked about any answer, whatever it was about: how long it takes, its price, what to bring, whether to book, where it
 * is; and which sentence of an answer tells it.
 */
import type { Talk } from '../../dialogs';
import { sentencesOf, tellsPrice } from '../../domain/topic/answer-sentences';

/** 'How much time' is no price. */
const ASPECTS = ['time', 'price', 'papers', 'booking', 'where'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** The word list by which an aspect is asked for. */
export function askedBy(aspect: Aspect): string {
  return `asks-${aspect}`;
}

export function aspectAsked(talk: Talk): Aspect | undefined {
  return ASPECTS.find((aspect) => talk.means(askedBy(aspect)));
}

/** The sentence that tells most of it, and how much: an amount says more of a price than 'free'. */
export function sentenceTelling(talk: Talk, text: string, aspect: Aspect): { sentence: string; much: number } | undefined {
  let best: ReturnType<typeof sentenceTelling>;
  for (const sentence of sentencesOf(text)) {
    const much = tells(talk, sentence, aspect);
    if (much > (best?.much ?? 0)) best = { sentence, much };
  }
  return best;
}

function tells(talk: Talk, sentence: string, aspect: Aspect): number {
  switch (aspect) {
    case 'price':
      return tellsPrice(sentence);
    case 'time':
      return /\d/.test(sentence) ? talk.counts('tells-time', sentence) : 0;
    default:
      return talk.counts(`tells-${aspect}`, sentence);
  }
}
