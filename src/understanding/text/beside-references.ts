/** References of requests are no words: 'suivi' followed by one is a single word, however its signs sound. */
import { withoutReferences } from '../../domain/ticket/ticket';
import { excerptOf } from './excerpt';
import { type Word, within, wordsOf } from './words';

/** A text and its words without the references of requests, which mean nothing whatever they sound like. */
export function besideReferences(typed: string, every: Word[]): [string, Word[]] {
  const text = withoutReferences(typed);
  return [text, text === typed ? every : every.filter(({ start }) => text[start] !== ' ')];
}

/** What of a message is listened to, and its words, without references. */
export function wordsIn(typed: string): [string, Word[]] {
  const { text } = excerptOf(within(typed));
  return besideReferences(text, wordsOf(text));
}
