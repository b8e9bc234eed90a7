/**
 * What danger sounds like in the languages that a town speaks, learnt from their packs alone: what a clerk writes into a
 * town's file moves nothing of it. The build has learnt it already for the towns it finds (`tools/build/learn-danger.ts`); of packs
 * that it has not seen it is learnt at the start, whole before anybody is answered.
 */
import { builtFile } from '../../built-file';
import type { LanguagePack } from '../../domain/language/language-pack';
import { type Classifier, createClassifier, type Taught } from '../learning/classifier';
import { learnInThread } from '../learning/in-thread';
import { keepModel, kept, recallModel } from '../learning/model-files';
import { dangerPhrasesOf } from './danger-phrases';
import { type DangerLesson, withClues } from './teach-danger';

/** Where the build keeps what it has learnt. */
const BUILT = builtFile('danger');

export interface DangerModels {
  /**
   * Tells danger, by kind, from what only sounds like it; null where these languages have no sentences of danger.
   * @param languages codes of packs, in any order.
   */
  of(languages: readonly string[]): Promise<Classifier | null>;
}

/**
 * @param packs by code.
 * @param cacheDir where what is learnt is kept; without it what the build has not learnt is learnt each time.
 */
export function createDangerModels(packs: Record<string, LanguagePack>, cacheDir: string | undefined): DangerModels {
  /** By the languages. */
  const learnt = new Map<string, Promise<Classifier | null>>();

  const learn = async (languages: readonly string[]): Promise<Classifier | null> => {
    const own = Object.fromEntries(languages.map((code) => [code, packs[code]!]));
    const slim = Object.fromEntries(Object.entries(own).map(([code, { stemmer, shorthand }]) => [code, { stemmer, shorthand }]));
    const clues = Object.fromEntries(Object.entries(own).map(([code, { danger }]) => [code, danger.clues]));
    const written = Object.entries(own).map(([code, { danger }]) => [
      ...[code, danger.sentences, danger.openings, danger.retold, danger.ordinary],
    ]);
    const sources = ['danger', slim, clues, written];
    const before = (await recallModel<Taught>(sources, BUILT)) ?? (await recallModel<Taught>(sources, cacheDir));
    if (before) return createClassifier(withClues(slim, clues), before);
    const lesson: DangerLesson = { phrases: dangerPhrasesOf(own), packs: slim, clues };
    if (lesson.phrases.length === 0) return null;
    const taught = await learnInThread<Taught>('danger', lesson);
    keepModel(sources, taught, cacheDir);
    return createClassifier(withClues(slim, clues), taught);
  };

  return {
    of(languages) {
      const sorted = [...languages].sort();
      const key = sorted.join(' ');
      const known = learnt.get(key) ?? learn(sorted);
      learnt.set(key, known);
      return known;
    },
  };
}

/**
 * For the build: what danger sounds like, learnt before anything is started.
 * @param spoken the languages of each town.
 */
export async function buildDanger(packs: Record<string, LanguagePack>, spoken: ReadonlyArray<readonly string[]>): Promise<void> {
  const models = createDangerModels(packs, BUILT);
  await Promise.all(spoken.map(models.of));
  await kept();
}
