/**
 * One turn's view of the world, made for the listeners and dialogs: the town, the words and what
 * they were understood to mean, and how to say things.
 */

import { choosingWordsOf, type SayOptions, type Talk } from '../dialogs';
import { button } from '../dialogs/dialog';
import type { Conversation, Memory } from '../domain/conversation';
import type { Decision, Lookups } from '../domain/decision';
import type { Effect } from '../domain/effect';
import type { Entities, Heard } from '../domain/language/heard';
import { filledIn, sentenceOf } from '../domain/language/sentences';
import type { Activity } from '../domain/message/activity';
import type { Calendar, Town, Towns } from '../domain/town';
import type { Understanding } from '../understanding';
import { createForeignWording, type ForeignWording } from './wording/foreign-wording';
import { linkNames } from './wording/link-names';
import { countIn, isInList, type Keyed, keyed } from './wording/word-list';
import { createWording, languageName, languageNames } from './wording/wording';

export interface TalkParts {
  towns: Towns;
  understanding: Understanding;
  calendar: Calendar;
}

export interface OpenTalk {
  talk: Talk;
  /** What was said so far, in order. */
  said: Activity[];
  effects: Effect[];
  /** Whom the conversation was passed to, and where it then stands at the desk; null when it stays where it is. */
  passed(): Pick<Decision, 'holder' | 'queue'> | null;
}

export interface Talks {
  open(
    town: Town,
    conversation: Conversation,
    memory: Memory,
    activity: Activity,
    text: string,
    heard: Heard,
    lookups: Lookups,
  ): OpenTalk;
}

export function createTalks({ towns, understanding, calendar }: TalkParts): Talks {
  const sentence = (town: string, language: string, id: string, fields?: Record<string, string | number>) =>
    sentenceOf(towns, town, language, id, fields);

  /** Whether words, keyed, mean one of the locales' word lists. */
  const isMeant = (town: Town, list: string, key: Keyed, abroad: ForeignWording): boolean => {
    const id = `words.${list}`;
    for (const language of town.languages) if (isInList(towns.locale(language)?.sentences[id] ?? '', key)) return true;
    return abroad.means(list, key);
  };
  /** 'In English', 'en anglais': each language of the town knows how it asks for each of them. */
  const isAskedFor = (town: Town, wanted: string, key: Keyed): boolean =>
    town.languages.some((language) => {
      const words = towns.locale(language)?.sentences['words.to-language'] ?? '';
      return isInList(filledIn(words, { language: languageName(wanted, language) }), key);
    });

  return {
    open(town, conversation, memory, activity, text, heard, lookups) {
      const said: Activity[] = [];
      const effects: Effect[] = [];
      let passed: ReturnType<OpenTalk['passed']> = null;
      const topics = towns.topics(town.id);
      const options = () => ({ town: town.id, prior: memory.language, foreign: memory.foreign, now: lookups.now });
      const reading = new Map<string, Promise<Entities>>();
      const abroad = createForeignWording(towns, town, memory);

      function say(words: string, { choices = [], calls = [], channelData }: SayOptions = {}): void {
        const actions = [
          ...calls.map((number) => ({ type: 'call' as const, title: number, value: `tel:${number.replace(/[^\d+]/g, '')}` })),
          ...choices.map((choice) =>
            choice.url
              ? { type: 'openUrl' as const, title: choice.title, value: choice.url }
              : button(choice.title, choice.value),
          ),
        ];
        const links = conversation.channel === 'web' ? linkNames(words, town, topics, talk.local) : undefined;
        memory.offered = choices.filter((choice) => !choice.url).map(({ title, value }) => ({ title, value: value ?? title }));
        said.push({
          type: 'message',
          text: words,
          textFormat: 'plain',
          locale: (abroad.isIn(words) && abroad.code()) || memory.language,
          ...(calls.length > 0 ? { importance: 'high' as const } : {}),
          inputHint: 'acceptingInput',
          ...(actions.length > 0 ? { suggestedActions: { actions } } : {}),
          ...(channelData || links ? { channelData: { ...channelData, ...(links && { links }) } } : {}),
        });
      }

      const read = (of: string, looks?: 'ahead' | 'back', spokenOf?: string): Promise<Entities> => {
        const key = `${looks ?? ''} ${spokenOf ?? ''} ${of}`;
        const known =
          reading.get(key) ??
          understanding
            .read(of, { ...options(), looks, spokenOf })
            .then((all) => ({ ...all, yesNo: abroad.yesNo(of) ?? all.yesNo }));
        reading.set(key, known);
        return known;
      };
      /** Where answers are typed some sentences have words of their own: 'answer YES' is for those who have nothing to press. */
      const worded = (id: string): string => {
        const typed = `${id}.typed`;
        const isTyped = ['sms', 'whatsapp', 'mail'].includes(conversation.channel);
        return isTyped && typed in (towns.locale(memory.language)?.sentences ?? {}) ? typed : id;
      };

      const t = (id: string, fields?: Record<string, string | number>): string =>
        abroad.sentence(worded(id), fields) ??
        abroad.sentence(id, fields) ??
        sentence(town.id, memory.language, worded(id), fields);
      const wording = createWording(t, {
        today: () => calendar.local(town, lookups.now).date,
        country: town.country,
        isShort: conversation.channel === 'sms',
        foreign: () => abroad.code(),
      });

      /** What depends on which of the citizen's words are listened to. */
      const listening = (
        words: string,
        meaning: Heard,
      ): Pick<Talk, 'text' | 'heard' | 'entities' | 'followUp' | 'means' | 'languageMeant'> => {
        // Dozens of lists are asked whether they hold the same words.
        let known: Keyed | undefined;
        const key = () => {
          known ??= keyed(words);
          return known;
        };
        const leaning = new Map<string, ReturnType<Talk['followUp']>>();
        return {
          text: words,
          heard: meaning,
          entities: (of = words, looks, spokenOf) => read(of, looks, spokenOf),
          followUp(topic) {
            const asked = leaning.get(topic) ?? understanding.followUp(words, topic, options());
            leaning.set(topic, asked);
            return asked;
          },
          means: (list, other) => isMeant(town, list, other === undefined ? key() : keyed(other), abroad),
          languageMeant: () => town.languages.find((code) => isAskedFor(town, code, key())),
        };
      };

      const talk: Talk = {
        ...listening(text, heard),
        town,
        choosing: choosingWordsOf(towns, town),
        languages: () => languageNames(town.languages, talk.spokenLanguage),
        inOthers: (id) =>
          town.languages
            .filter((language) => language !== talk.spokenLanguage)
            .map((language) => sentence(town.id, language, id, { languages: languageNames(town.languages, language) })),
        topics,
        topic: (id) => towns.topic(town.id, id),
        service(id) {
          const service =
            town.services.find((each) => each.id === id) ?? town.services.find((each) => each.id === town.frontDesk);
          if (!service) throw new Error(`The town ${town.id} has no front desk`);
          return service;
        },
        conversation,
        memory,
        activity,
        nearest: (point) => understanding.nearest(town.id, point),
        lookups,
        calendar,
        day: (date) => wording.day(date.length > 10 ? calendar.local(town, new Date(date)).date : date),
        wording,
        named: ({ name, called }, language = abroad.code() ?? memory.language) =>
          called?.[language] ?? name[language] ?? called?.[town.languages[0]] ?? Object.values(name)[0] ?? '',
        t,
        get spokenLanguage() {
          return abroad.code() ?? memory.language;
        },
        inEach(id, fields) {
          const each = town.languages.map((language) => [language, sentence(town.id, language, id, fields?.(language))]);
          const code = abroad.code();
          const own = code && abroad.sentence(id, fields?.(code));
          return Object.fromEntries(own ? [...each, [code, own]] : each);
        },
        local: (each) =>
          abroad.local(each) ?? each?.[memory.language] ?? each?.[town.languages[0]] ?? Object.values(each ?? {})[0] ?? '',
        about: async (words) => ({ ...talk, ...listening(words, await understanding.hear(words, options())) }),
        say,
        counts: (list, words) => countIn(talk.t(`words.${list}`), words),
        act: (effect) => effects.push(effect),
        passTo(holder, queue) {
          passed = { holder, queue };
        },
      };
      return { talk, said, effects, passed: () => passed };
    },
  };
}
