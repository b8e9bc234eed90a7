/** For the build: what can be learnt from the language packs alone, learnt before anything is started. */
import type { LanguagePack } from '../domain/language/language-pack';
import { createDangerModels } from './danger/danger-models';
import { createLanguageModels } from './language/language-models';
import { kept } from './learning/model-files';
import { BUILT_MODELS } from './learning/pack-models';

/** @param spoken the languages of each town. */
export async function learnPacks(packs: Record<string, LanguagePack>, spoken: ReadonlyArray<readonly string[]>): Promise<void> {
  const models = [createDangerModels(packs, BUILT_MODELS), createLanguageModels(packs, BUILT_MODELS)];
  await Promise.all(models.flatMap(({ of }) => spoken.map((languages) => of(languages))));
  await kept();
}
