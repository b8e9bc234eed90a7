/** What danger sounds like in the languages that a town speaks, learnt from their packs alone. */
import type { LanguagePack } from '../../domain/language/language-pack';
import { type Classifier, createClassifier, type Taught } from '../learning/classifier';
import { createPackModels, type PackModels } from '../learning/pack-models';
import { dangerPhrasesOf, dangerSourcesOf } from './danger-phrases';
import { type DangerLesson, withClues } from './teach-danger';

/** Tells danger, by kind, from what only sounds like it; null where the languages have no sentences of danger. */
export type DangerModels = PackModels<Classifier>;

/**
 * @param packs by code.
 * @param cacheDir as for `createPackModels`.
 */
export function createDangerModels(packs: Record<string, LanguagePack>, cacheDir: string | undefined): DangerModels {
  const slimOf = (languages: readonly string[]): DangerLesson['packs'] =>
    Object.fromEntries(languages.map((code) => [code, { stemmer: packs[code]!.stemmer, shorthand: packs[code]!.shorthand }]));
  const cluesOf = (languages: readonly string[]): DangerLesson['clues'] =>
    Object.fromEntries(languages.map((code) => [code, packs[code]!.danger.clues]));
  return createPackModels<DangerLesson, Taught, Classifier>(
    {
      teacher: 'danger',
      sourcesOf: (languages) => [
        slimOf(languages),
        cluesOf(languages),
        ...languages.flatMap((code) => dangerSourcesOf(packs[code]!)),
      ],
      lessonOf(languages) {
        const phrases = dangerPhrasesOf(Object.fromEntries(languages.map((code) => [code, packs[code]!])));
        return phrases.length > 0 ? { phrases, packs: slimOf(languages), clues: cluesOf(languages) } : null;
      },
      open: (taught, languages) => createClassifier(withClues(slimOf(languages), cluesOf(languages)), taught),
    },
    cacheDir,
  );
}
