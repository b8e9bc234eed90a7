/** The towns of this installation once they are read: asked by id, by everyone. */
import type { ForeignLanguage } from '../domain/language/foreign';
import type { Topic } from '../domain/topic/topic';
import type { Town, Towns as TownsById } from '../domain/town';
import type { Locale } from './read/read-locale';

export interface Towns extends TownsById {
  locale(language: string): Locale | undefined;
  locales(): Locale[];
  /** From now on these are the town's topics. */
  publish(townId: string, topics: Topic[]): void;
}

/** What was read, as plain data. */
export interface TownData {
  towns: Array<{ town: Town; topics: Topic[] }>;
  locales: Locale[];
  foreign: ForeignLanguage[];
}

export function townsOf({ towns, locales, foreign }: TownData): Towns {
  const byId = new Map(
    towns.map(({ town, topics }) => [town.id, { town, topics: new Map(topics.map((topic) => [topic.id, topic])) }]),
  );
  const byCode = new Map(locales.map((locale) => [locale.code, locale]));
  const foreignByCode = new Map(foreign.map((language) => [language.code, language]));
  return {
    list: () => [...byId.values()].map(({ town }) => town),
    get: (townId) => byId.get(townId)?.town,
    topics: (townId) => [...(byId.get(townId)?.topics.values() ?? [])],
    topic: (townId, topicId) => byId.get(townId)?.topics.get(topicId),
    publish(townId, topics) {
      const known = byId.get(townId);
      if (known) known.topics = new Map(topics.map((topic) => [topic.id, topic]));
    },
    locale: (language) => byCode.get(language),
    locales: () => locales,
    foreignLanguage: (code) => foreignByCode.get(code),
    foreign: () => foreign,
  };
}
