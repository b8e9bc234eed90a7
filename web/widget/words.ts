// What the widget says by itself, in the languages of `locales/*/widget.yml`: the build puts them in. And which language it
// speaks: the one asked for by the embedding page, else the page's own, else the browser's.

/** By language, then by name. The build refuses a language that lacks a name or a `{field}` that another has. */
declare const WIDGET_WORDS: Record<string, Record<string, string>>;

/** Sentences without fields. `locale` is how dates and times are written. */
type Plain =
  | (
      | 'name'
      | 'locale'
      | 'region'
      | 'launcher'
      | 'open'
      | 'close'
      | 'newMessage'
      | 'title'
      | 'automatic'
      | 'more'
      | 'download'
      | 'legal'
    )
  | ('restart' | 'restartAsk' | 'restarted' | 'cancel' | 'log' | 'below' | 'hint' | 'person' | 'inThisLanguage')
  | ('switchFailed' | 'choices' | 'message' | 'placeholder' | 'send' | 'photo' | 'photoRemove' | 'photoRemoved')
  | ('photoPreparing' | 'photoTooBig' | 'photoTooManyPixels' | 'photoHeic' | 'photoDamaged' | 'photoWrongKind' | 'photoLost')
  | ('place' | 'placeAsk' | 'placeSearching' | 'placeDenied' | 'placeNotFound' | 'you' | 'assistant' | 'typing' | 'sending')
  | ('waiting' | 'sent' | 'failed' | 'refused' | 'failedSaid' | 'retry' | 'offline' | 'online' | 'unavailable' | 'expired')
  | ('danger' | 'call' | 'notCopied' | 'file' | 'newTab');

export type Words = Record<Plain, string> & ReturnType<typeof withFields>;

/** Sentences with something in them. */
function withFields(told: Record<string, string>) {
  const say = (name: string, fields: Record<string, string | number>) =>
    (told[name] ?? '').replace(/\{(\w+)\}/g, (_, field: string) => String(fields[field]));
  const plural = new Intl.PluralRules(told.locale);
  return {
    unread: (count: number) =>
      say(`unread.${plural.select(count)}` in told ? `unread.${plural.select(count)}` : 'unread.other', { count }),
    photoReady: (name: string) => say('photoReady', { name }),
    placeShared: (metres?: number) => (metres ? say('placeSharedWithin', { metres }) : say('placeShared', {})),
    agent: (name?: string) => (name ? say('agentNamed', { name }) : say('agent', {})),
    typingNamed: (name: string) => say('typingNamed', { name }),
    copyReference: (reference: string) => say('copyReference', { reference }),
    copied: (reference: string) => say('copied', { reference }),
    transcript: (town: string, day: string) => say('transcript', { town, day }),
    /** By the server's code; undefined where a code has no words of its own. */
    refusal: (code: string): string | undefined => told[`refusals.${code}`],
  };
}

const dictionaries = Object.fromEntries(
  Object.entries(WIDGET_WORDS).map(([language, told]) => [language, { ...told, ...withFields(told) } as unknown as Words]),
);

/** Languages the widget has words for, as two-letter codes. */
export const spoken = Object.keys(dictionaries);

/** The first of the wishes (BCP-47 tags, possibly empty) that the widget speaks; its first language when none is. */
export function chooseLanguage(wishes: ReadonlyArray<string | null | undefined>): string {
  for (const wish of wishes) {
    const code = (wish ?? '').slice(0, 2).toLowerCase();
    if (spoken.includes(code)) return code;
  }
  return spoken[0]!;
}

export function wordsOf(language: string): Words {
  return dictionaries[language] ?? dictionaries[spoken[0]!]!;
}
