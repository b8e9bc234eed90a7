/** A street's name is in the language of the street: only what is said beside it can change the conversation's. */
import type { FoundPlace, HeardLanguage } from '../../domain/language/heard';
import type { Word } from '../text/words';
import type { LanguageChooser } from './language-choice';

/** So many words beside a street make a sentence in a language that the town does not speak. */
const FEWEST = 6;

interface Around {
  place: Pick<FoundPlace, 'start' | 'end'>;
  /** As it sounds with the street. */
  language: HeardLanguage;
  prior: string | null;
  kept: string | undefined;
  /** The town's first language. */
  first: string;
}

export function besidePlace(
  chooser: LanguageChooser,
  text: string,
  spoken: Word[],
  { place, language, prior, kept, first }: Around,
): HeardLanguage {
  const beside = spoken.filter(({ start, end }) => end <= place.start || start >= place.end);
  if (beside.length === 0) return { code: prior ?? first, isSure: false };
  const without = chooser.hear(`${text.slice(0, place.start)} ${text.slice(place.end)}`, beside, prior, kept);
  // A changed language is believed only without the street; a Spanish sentence with a French street in it is Spanish.
  const isChanged = prior !== null && language.isSure && language.code !== prior;
  return isChanged || (without.foreign && beside.length >= FEWEST) ? without : language;
}
