/** The town's languages told apart by their words as they are written: learnt for margins alone. */
import { type ModelData, trainModel } from '../learning/model';
import { createReader, eachRead, type Phrase } from '../topics/examples';

export interface LanguageLesson {
  phrases: Phrase[];
}

/** A language is told by its common words: what stands in fewer phrases would only make the model larger. */
const LEAST = 4;

export function teachLanguages(phrases: Phrase[]): ModelData {
  const languages = [...new Set(phrases.map(({ language }) => language))];
  const reader = createReader(Object.fromEntries(languages.map((code) => [code, { stemmer: 'none', shorthand: {} }])));
  return trainModel(
    { labels: phrases.map(({ language }) => language), readings: eachRead(phrases, reader) },
    { outside: null, isSure: false, least: LEAST },
  );
}
