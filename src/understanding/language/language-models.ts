/**
 * What the languages of a town sound like beside each other, learnt from the sentences of their packs: what citizens write
 * every day and in danger. They were once learnt from the town's own phrases, and then a phrase added to any topic could make a
 * first message of a street and two words change its language.
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
      sourcesOf: (languages) => languages.map((code) => dangerSourcesOf(packs[code]!)),
      lessonOf(languages) {
        const phrases = dangerPhrasesOf(Object.fromEntries(languages.map((code) => [code, packs[code]!])));
        return new Set(phrases.map(({ language }) => language)).size > 1 ? { phrases } : null;
      },
      open: (learnt) => openModel(learnt, null),
    },
    cacheDir,
  );
}
