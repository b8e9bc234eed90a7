/**
 * What is learnt from language packs alone, whatever a town says: what a clerk writes into a town's file moves nothing of it.
 * The build has learnt it already for the towns it finds (`tools/build/learn-packs.ts`); of packs that it has not seen it is
 * learnt at the start, whole before anybody is answered.
 */
import { builtFile } from '../../built-file';
import { learnInThread } from './in-thread';
import { keepModel, recallModel } from './model-files';

/** Where the build keeps what it has learnt. */
export const BUILT_MODELS = builtFile('learnt');

export interface PackModels<Model> {
  /**
   * Null where the packs of these languages teach nothing of the kind.
   * @param languages codes of packs, in any order.
   */
  of(languages: readonly string[]): Promise<Model | null>;
}

interface Subject<Lesson, Learnt, Model> {
  /** Who teaches: a name in `TEACHERS` of the learning thread. */
  teacher: string;
  /** All that a model depends on. @param languages sorted. */
  sourcesOf(languages: readonly string[]): unknown[];
  /** Null where there is nothing to learn. */
  lessonOf(languages: readonly string[]): Lesson | null;
  open(learnt: Learnt, languages: readonly string[]): Model;
}

/** @param cacheDir where what is learnt is kept; without it what the build has not learnt is learnt each time. */
export function createPackModels<Lesson, Learnt, Model>(
  { teacher, sourcesOf, lessonOf, open }: Subject<Lesson, Learnt, Model>,
  cacheDir: string | undefined,
): PackModels<Model> {
  /** By the languages. */
  const learnt = new Map<string, Promise<Model | null>>();

  const learn = async (languages: readonly string[]): Promise<Model | null> => {
    const sources = [teacher, ...sourcesOf(languages)];
    const before = (await recallModel<Learnt>(sources, BUILT_MODELS)) ?? (await recallModel<Learnt>(sources, cacheDir));
    if (before) return open(before, languages);
    const lesson = lessonOf(languages);
    if (lesson === null) return null;
    const fresh = await learnInThread<Learnt>(teacher, lesson);
    keepModel(sources, fresh, cacheDir);
    return open(fresh, languages);
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
