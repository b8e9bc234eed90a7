/**
 * What the languages of a town sound like beside each other, learnt from the sentences of their packs: what citizens write
 * every day and in danger. Were it learnt from a town's own phrases, one more in any topic could change the language of a first
 * message of two words and a street.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import { dangerPhrasesOf, dangerSourcesOf } from '../danger/danger-phrases';
import { type Model, type ModelData, openModel } from '../learning/model';
import { createPackModels, type PackModels } from '../learning/pack-models';
import type { LanguageLesson } from './teach-languages';

/** Null where there are no two languages to be told apart. */
export type LanguageModels = PackModels<Model>;

/**
 * @param packs by code.
 * @param cacheDir as for `createPackModels`.
 */
export function createLanguageModels(packs: Record<string, LanguagePack>, cacheDir: string | undefined): LanguageModels {
  return createPackModels<LanguageLesson, ModelData, Model>(
    {
      teacher: 'languages',
      sourcesOf: (languages) => languages.flatMap((code) => dangerSourcesOf(packs[code]!)),
      lessonOf(languages) {
        const phrases = dangerPhrasesOf(Object.fromEntries(languages.map((code) => [code, packs[code]!])));
        return new Set(phrases.map(({ language }) => language)).size > 1 ? { phrases } : null;
      },
      open: (learnt) => openModel(learnt, null),
    },
    cacheDir,
  );
}
