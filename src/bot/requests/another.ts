/**
 * 'There is another one outside 21', 'and one in rue Pascal', right after a report: the same thing at another place. It is a
 * report of its own, on the street of the first where only a number is said.
 */
import { fits, type Talk } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import { startTopic } from '../hold';
import { justSent } from './open-tickets';

const FEW = 5;

export async function anotherOne(talk: Talk): Promise<boolean> {
  if (talk.memory.dialogs.length > 0 || talk.heard.beside || !talk.means('another-one')) return false;
  const [last] = await justSent(talk);
  const topic = last && talk.topic(last.topic);
  if (!last || !topic) return false;
  const [top] = talk.heard.intents;
  // Another thing that is named is begun as that.
  const isOther = talk.heard.zone === 'act' && top && top.topic !== topic.id && talk.topic(top.topic)?.kind === 'report';
  const { place, doors, notAt = [] } = await talk.entities();
  // 'Actually there is a second one' corrects nothing; 'not 12, another one at 14' does.
  if (notAt.length > 0 || (doors?.denied.length ?? 0) > 0) return false;
  // 'Same in rue du Bac' names nothing else, whatever its few words are like.
  const beside = place ? `${talk.text.slice(0, place.start)} ${talk.text.slice(place.end)}` : talk.text;
  if ((isOther && countWords(beside) > FEW) || (!place && !doors?.said.length)) return false;
  const isElsewhere = place ? !(await fits({ ...talk, heard: { ...talk.heard, zone: 'none' } }, last)) : true;
  if (!isElsewhere && !doors?.said.length && !place?.number) return false;
  await startTopic(talk, topic.id, talk.text, { near: last.place?.text });
  return true;
}
