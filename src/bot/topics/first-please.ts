/** 'The passport first, please', of several requests of one message: that one has its turn before the others. */
import type { Talk } from '../../dialogs';
import { countWords, keyWords } from '../../domain/language/words';
import { startTopic } from '../hold';

const LONGEST = 10;

export async function firstPlease(talk: Talk): Promise<boolean> {
  const { waiting } = talk.memory;
  if (waiting.length === 0 || countWords(talk.text) > LONGEST || !talk.means('first-please')) return false;
  const heard = talk.heard.intents.map(({ topic }) => topic);
  const words = keyWords(talk.text);
  const names = (id: string) => keyWords(talk.local(talk.topic(id)?.title));
  const next =
    heard.map((id) => waiting.find(({ topic }) => topic === id)).find(Boolean) ??
    waiting.find(({ topic }) => names(topic).some((word) => word.length > 3 && words.includes(word)));
  if (!next) return false;
  talk.memory.waiting = waiting.filter((each) => each !== next);
  talk.say(talk.t('parts.next', { title: talk.local(talk.topic(next.topic)?.title) }));
  // What was begun waits below it, and is asked again when it is done.
  await startTopic(talk, next.topic, next.text, { near: next.near });
  return true;
}
