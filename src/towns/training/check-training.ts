/** What can be wrong with the conversations that agents train with: a language, a service, a word that is not there. */
import type { Training } from '../../domain/desk/training';
import type { Town } from '../../domain/town';
import { checkLocalised } from '../check/check-topic';
import type { Complain } from '../fault';
import type { Source } from '../yaml/yaml-source';
import type { ReadTraining } from './read-training';

export function checkTraining(
  { exercises, charter }: Training,
  read: ReadTraining,
  town: Town,
  complaining: (source: Source | null) => Complain,
): void {
  const ofCharter = complaining(read.charter);
  for (const [index, point] of charter.points.entries()) checkLocalised(['points', index], point, town.languages, ofCharter);
  for (const language of town.languages)
    if (!charter.greetings[language]?.length) {
      const fix = 'Write how an answer in it may begin.';
      ofCharter(['greetings'], 'missing-translation', `No greeting in "${language}".`, fix, 'fault', language);
    }
  for (const exercise of exercises) {
    const complain = complaining(read.sources.get(exercise.id) ?? null);
    checkLocalised(['title'], exercise.title, town.languages, complain);
    checkLocalised(['about'], exercise.about, town.languages, complain);
    if (!town.languages.includes(exercise.language))
      complain(
        ['language'],
        'unspoken-language',
        `The town does not speak "${exercise.language}".`,
        'Name one of its languages.',
      );
    for (const field of ['service', 'transfer'] as const) {
      const service = exercise[field];
      if (service !== undefined && !town.services.some(({ id }) => id === service))
        complain([field], 'unknown-service', `The town has no service "${service}".`, 'Write its id as in town.yml.');
    }
    if (exercise.outcomes.length === 0 && !exercise.transfer)
      complain([], 'missing', 'Nothing says how it ends well.', 'Write "outcomes: [answered]", or "transfer:" and a service.');
    const said = [...exercise.opening, ...exercise.turns].join('\n');
    for (const [index, personal] of (exercise.personal ?? []).entries())
      if (!said.includes(personal))
        complain(['personal', index], 'not-said', `The citizen never says "${personal}".`, 'Copy it as it stands in a line.');
  }
}
