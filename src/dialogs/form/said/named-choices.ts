/** What the questions of a form offer to choose from, by all the ways in which it is called. */

import type { Field } from '../../../domain/topic/topic';
import type { Choice } from '../../choices';
import type { Talk } from '../../dialog';
import { isCovered } from '../details';

/** The ways to name the choices of a field: in one language, or in all of them. */
export function choicesOf(field: Field, language?: string): Choice[] {
  const inLanguage = <Text>(texts: Record<string, Text> = {}): Text[] =>
    Object.entries(texts).flatMap(([code, text]) => (language && code !== language ? [] : [text]));
  return (field.choices ?? []).map(({ id, label, words }) => ({
    id,
    words: [...inLanguage(label), ...inLanguage(words).flat()],
  }));
}

/** The ways to name a choice say no more than the choice itself. */
export function sameAs(field: Field): string[] {
  return choicesOf(field).flatMap(({ words }) => words);
}

/** Whether words name what the form of a topic asks to choose from, and nothing else. */
export function isDetailOf(talk: Talk, topic: string): boolean {
  const named = (talk.topic(topic)?.form ?? []).flatMap((field) => choicesOf(field).flatMap(({ words }) => words));
  // 'Two mattresses' are mattresses.
  const counted = talk.choosing.positions.flat();
  return named.length > 0 && !/\?\s*$/.test(talk.text) && isCovered(talk, talk.text, [...named, ...counted]);
}
