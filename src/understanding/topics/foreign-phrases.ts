/**
 * What people say to any town hall in languages it does not speak (`locales/foreign/<code>.yml`): hello, a person
 * please, where does my request stand. What they come for stands with each topic, under the language's code
 * (`phrases: {es: [...]}`); both together let us answer them with the right choices.
 */
import type { ForeignLanguage } from '../../domain/language/foreign';
import type { Topic } from '../../domain/topic/topic';
import type { Phrase } from './examples';

/** Read letter by letter, whatever the language: there are too few phrases for more. */
export const ABROAD = 'abroad';

/** A town's foreign phrases: those of its topics in languages it does not speak, and what is said anywhere. */
export function foreignPhrases(topics: Topic[], spoken: string[], foreign: ForeignLanguage[]): Phrase[] {
  const phrases: Phrase[] = [];
  for (const { id, phrases: said } of topics) {
    for (const [language, texts] of Object.entries(said))
      if (!spoken.includes(language)) for (const text of texts) phrases.push({ text, label: id, language: ABROAD });
  }
  if (phrases.length === 0) return [];
  for (const { code, phrases: said } of foreign) {
    if (spoken.includes(code)) continue;
    for (const [label, texts] of Object.entries(said)) for (const text of texts) phrases.push({ text, label, language: ABROAD });
  }
  return phrases;
}
