/** What makes a request urgent: its topic, a word of the topic's own list ('hateful', 'needle'), or what it lies beside. */
import { metresBetween } from '../geography';
import type { Somewhere } from '../land/sector';
import { phraseKey } from '../language/words';
import type { Topic } from '../topic/topic';
import type { Town } from '../town';

/** Metres, where the town says no other. */
const BESIDE = 80;

/** `said`: everything the citizen wrote about it. */
export function isUrgent(
  town: Pick<Town, 'landmarks' | 'besideMetres'>,
  topic: Pick<Topic, 'priority' | 'priorityWords' | 'priorityNear'>,
  said: readonly string[],
  place: Somewhere | undefined,
): boolean {
  const words = ` ${phraseKey(said.join(' '))} `;
  const isSaid = Object.values(topic.priorityWords ?? {})
    .flat()
    .some((word) => words.includes(` ${phraseKey(word)} `));
  return topic.priority === 'high' || isSaid || isBeside(town, topic, place);
}

/** Right by a school or a hospital of the town's landmarks, by their names and what else they are called. */
function isBeside(
  { landmarks, besideMetres = BESIDE }: Pick<Town, 'landmarks' | 'besideMetres'>,
  { priorityNear }: Pick<Topic, 'priorityNear'>,
  { latitude, longitude }: Somewhere = {},
): boolean {
  if (!priorityNear || latitude === undefined || longitude === undefined) return false;
  const wanted = priorityNear.map((word) => ` ${phraseKey(word)} `);
  return landmarks.some(
    (landmark) =>
      metresBetween(landmark, { latitude, longitude }) <= besideMetres &&
      [landmark.name, ...(landmark.alsoCalled ?? [])].some((name) =>
        wanted.some((word) => ` ${phraseKey(name)} `.includes(word)),
      ),
  );
}
