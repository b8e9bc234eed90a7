/**
 * What danger sounds like, learnt once for all towns that speak the same languages: the sentences of their packs, among
 * what citizens of these towns come for. It is learnt whole before anybody is answered.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import type { Topic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import { type Classifier, createClassifier, type Taught } from '../learning/classifier';
import { learnInThread } from '../learning/in-thread';
import { keepModel, recallModel } from '../learning/model-files';
import { type Phrase, type Phrases, phrasesOf } from '../topics/examples';
import { dangerPhrasesOf } from './danger-phrases';
import { type DangerLesson, type teachDanger, withClues } from './teach-danger';

/** The control intent whose phrases are no ordinary ones. */
const EMERGENCY = 'emergency';

export interface DangerModels {
  /**
   * Tells danger, by kind, from what only sounds like it, in a town; null where its languages have no sentences of danger.
   * @param topics as they are, or as they might be: then it is learnt anew, for this town alone.
   * @param cacheDir where what is learnt is kept; left out for what is only tried.
   */
  of(town: Town, topics: Topic[], cacheDir: string | undefined): Promise<Classifier | null>;
  /** From now on these are the town's topics. */
  publish(town: Town, topics: Topic[]): void;
}

export interface DangerModelsParts {
  towns: ReadonlyArray<{ town: Town; topics: Topic[] }>;
  packs: Record<string, LanguagePack>;
  phrases: Phrases;
}

export function createDangerModels({ towns, packs, phrases }: DangerModelsParts): DangerModels {
  const known = new Map(towns.map((one) => [one.town.id, one]));
  /** By the languages of the towns. */
  const learnt = new Map<string, Promise<Classifier | null>>();

  /** What citizens come for in all towns of these languages, each said once. */
  const ordinaryOf = (town: Town, topics: Topic[]): Phrase[] => {
    const alike = [...known.values()].filter((one) => spokenIn(one.town) === spokenIn(town));
    const now = alike.map((one) => (one.town.id === town.id ? topics : one.topics));
    const said = new Map<string, Phrase>();
    for (const some of now) {
      for (const phrase of phrasesOf(some, phrases, languagesOf(town))) {
        const key = `${phrase.language} ${phrase.text}`;
        if (phrase.label !== EMERGENCY && !said.has(key)) said.set(key, phrase);
      }
    }
    return [...said.values()];
  };

  const learn = async (town: Town, topics: Topic[], cacheDir: string | undefined): Promise<Classifier | null> => {
    const own = Object.fromEntries(languagesOf(town).map((code) => [code, packs[code]!]));
    const ordinary = ordinaryOf(town, topics);
    const slim = Object.fromEntries(Object.entries(own).map(([code, { stemmer, shorthand }]) => [code, { stemmer, shorthand }]));
    const clues = Object.fromEntries(Object.entries(own).map(([code, { danger }]) => [code, danger.clues]));
    const written = Object.entries(own).map(([code, { danger }]) => [code, danger.sentences, danger.openings, danger.retold]);
    const sources = ['danger', ordinary, slim, clues, written];
    const before = await recallModel<Taught>(sources, cacheDir);
    if (before) return createClassifier(withClues(slim, clues), before);
    const lesson: DangerLesson = { phrases: dangerPhrasesOf(own, ordinary), packs: slim, clues };
    if (lesson.phrases.length === 0) return null;
    const taught = await learnInThread<ReturnType<typeof teachDanger>>('danger', lesson);
    keepModel(sources, taught, cacheDir);
    return createClassifier(withClues(slim, clues), taught);
  };

  return {
    of(town, topics, cacheDir) {
      if (known.get(town.id)?.topics !== topics) return learn(town, topics, cacheDir);
      const shared = learnt.get(spokenIn(town)) ?? learn(town, topics, cacheDir);
      learnt.set(spokenIn(town), shared);
      return shared;
    },
    publish(town, topics) {
      known.set(town.id, { town, topics });
    },
  };
}

function languagesOf({ languages }: Town): string[] {
  return [...languages].sort();
}

function spokenIn(town: Town): string {
  return languagesOf(town).join(' ');
}
