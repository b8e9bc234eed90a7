/**
 * Words that name a time of which no date can be made ("pendant les vacances de printemps", "le 32 décembre"): whoever
 * asks about such a time is told that it was not found in the calendar, never answered about today.
 */
import type { LanguagePack } from '../../../domain/language/language-pack';
import { phrasesIn } from '../../text/longest-match';
import type { Word } from '../../text/words';
import { timeLexiconOf } from './time-lexicon';

/** Words around it that are shown with it: "32 décembre", "vacances de printemps". */
const MOST_WORDS = 4;

export type UnresolvedTimeReader = (text: string, words: Word[]) => string | null;

export function createUnresolvedTimeReader(pack: LanguagePack): UnresolvedTimeReader {
  const lexicon = timeLexiconOf(pack);
  const seasons = phrasesIn(Object.fromEntries(pack.time.seasons.map((words) => [words, true])));
  return (text, words) => {
    const nameAt = (at: number) =>
      seasons(words, at) ??
      lexicon.feasts(words, at) ??
      (/^\d/.test(words[at - 1]?.text ?? '') ? lexicon.months(words, at) : null);
    for (let at = 0; at < words.length; at++) {
      const named = nameAt(at);
      if (!named) continue;
      const from = /^\d/.test(words[at - 1]?.text ?? '') ? at - 1 : at;
      let { to } = named;
      // "vacances de printemps": the name goes on while little words lead to another.
      for (let next = to; next < Math.min(words.length, from + MOST_WORDS); next++) {
        const more = nameAt(next);
        if (more) to = more.to;
        else if (lexicon.is('fillers', words, next) === null) break;
      }
      return text.slice(words[from]!.start, words[to - 1]!.end);
    }
    return null;
  };
}
