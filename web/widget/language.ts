// Which language the chat is in: what the citizen has chosen, else the page's, among those that both the town and the widget speak.
import { chooseLanguage, spoken, type Words, wordsOf } from './words';

export interface Language {
  code(): string;
  words(): Words;
  /** What the switch offers: the town's next language, or nothing where it has one alone. */
  other(): { code: string; name: string } | undefined;
  /** The town speaks these (BCP-47 tags). */
  among(theirs: readonly string[]): void;
  /** Whether that is another language than before; a language without words changes nothing. */
  choose(wanted: string | undefined): boolean;
}

export function createLanguage(...wishes: Array<string | undefined>): Language {
  let code = chooseLanguage(wishes);
  let all = spoken;
  return {
    code: () => code,
    words: () => wordsOf(code),
    other() {
      const next = all[(all.indexOf(code) + 1) % all.length];
      return next && next !== code ? { code: next, name: wordsOf(next).name } : undefined;
    },
    among(theirs) {
      const common = theirs.map((tag) => tag.slice(0, 2)).filter((tag) => spoken.includes(tag));
      if (common.length > 0) all = common;
    },
    choose(wanted) {
      const next = chooseLanguage([wanted, code]);
      const isOther = next !== code;
      code = next;
      return isOther;
    },
  };
}
