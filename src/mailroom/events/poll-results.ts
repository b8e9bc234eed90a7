/** What those who answered a question of the town hall are told of its results, in each language of the town. */

import type { Localised } from '../../domain/language/localised';
import { sentenceOf } from '../../domain/language/sentences';
import { type Campaign, textOf, withoutSmall } from '../../domain/listening/campaign';
import type { Towns } from '../../domain/town';

/** @param counts how often each choice was taken, in their order; none of a poll in free words. */
export type PollResults = (poll: Campaign, counts: number[], all: number) => Localised;

export function createPollResults(towns: Towns): PollResults {
  return ({ town: id, texts, poll }, counts, all) => {
    const [first = 'fr', ...others] = towns.get(id)?.languages ?? [];
    const told = withoutSmall(counts);
    const resultsIn = (language: string): string => {
      const t = (sentence: string, fields?: Record<string, string | number>) => sentenceOf(towns, id, language, sentence, fields);
      const lines = (poll?.choices ?? []).map((choice, n) => {
        const count = told[n];
        const said = typeof count === 'number' ? new Intl.NumberFormat(language).format(count) : t('poll.few');
        return t('poll.result', { choice: textOf(choice, language, first), count: said });
      });
      return [t('poll.results', { question: textOf(texts, language, first), count: all }), ...lines].join('\n');
    };
    return Object.fromEntries([first, ...others].map((language) => [language, resultsIn(language)]));
  };
}
