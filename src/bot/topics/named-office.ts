/**
 * 'The phone number of the CAF', 'where is the tax office?': an office that is named together with a wish to reach it is
 * that office, however few phrases hold those very words.
 */
import type { Talk } from '../../dialogs';
import { countWords, phraseKey } from '../../domain/language/words';
import type { Topic } from '../../domain/topic/topic';
import { remembering } from '../../recent';
import { tellsFrontDesk } from './whose-hours';

/** Longer messages tell a story, and are heard as one. */
const LONGEST = 14;
/** So sure of a topic of the town's own, the name is something else's: an orange bin. */
const SURELY_OURS = 0.8;

/** A name among words; the same few hundred names of towns and offices are looked for in every message. */
const keyOf = remembering(5000, (name) => ` ${phraseKey(name)} `);

/** The office that is meant; undefined where none is named, or the words are surely about the town's own. */
export function officeAsked(talk: Talk): Topic | undefined {
  const { heard, text } = talk;
  if (countWords(text) > LONGEST) return undefined;
  const [top] = heard.intents;
  const own = top && talk.topic(top.topic);
  const isOurs = heard.zone === 'act' && own !== undefined && own.kind !== 'elsewhere' && top!.confidence >= SURELY_OURS;
  if (isOurs && !tellsFrontDesk(talk, own)) return undefined;
  const said = ` ${phraseKey(text)} `;
  const named = talk.topics.flatMap((topic) =>
    Object.values(topic.office?.alsoCalled ?? {})
      .flat()
      .map((name) => ({ topic, key: keyOf(name) }))
      .filter(({ key }) => said.includes(key)),
  );
  // 'Prefecture, office for foreign nationals': the longest name is the one meant, a service's of the town among them.
  const [longest] = named.sort((one, other) => other.key.length - one.key.length);
  if (!longest || longest.key.length <= longestOfOurs(talk, said)) return undefined;
  // Its name is in the words, and it is what they were first taken for: that is enough, too.
  const isLikely = heard.zone === 'offer' && top?.topic === longest.topic.id;
  return isLikely || talk.means('reach') ? longest.topic : undefined;
}

function longestOfOurs({ town }: Talk, said: string): number {
  const names = town.services.flatMap(({ name, alsoCalled }) => [
    ...Object.values(name),
    ...Object.values(alsoCalled ?? {}).flat(),
  ]);
  return Math.max(
    0,
    ...names
      .map(keyOf)
      .filter((key) => said.includes(key))
      .map(({ length }) => length),
  );
}
