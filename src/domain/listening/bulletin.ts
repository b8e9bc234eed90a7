/** The words of what was written once to many, as each reads them: shared by who says them and by who counts what they cost. */
import type { Localised } from '../language/localised';
import type { Campaign } from './campaign';

type Said = Pick<Campaign, 'texts' | 'poll'>;
type Local = (each: Localised | undefined) => string;
type Sentence = (id: string, fields?: Record<string, string | number>) => string;

/** On a phone it says how to stop; a question in free words says how to answer. */
export function wordsOf({ texts, poll }: Said, local: Local, t: Sentence, isPhone: boolean): string {
  const lines = [local(texts)];
  if (poll && !poll.choices) lines.push(t('poll.how', { keyword: t('poll.keyword') }));
  if (isPhone) lines.push(t('notice.stop'));
  return lines.join('\n');
}

export function choicesOf({ poll }: Pick<Campaign, 'poll'>, local: Local): string[] {
  return (poll?.choices ?? []).map(local);
}
