/** What of an answer is given again in short: the sentence that the new words are about, or the first. */
import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import { phraseKey } from '../../domain/language/words';
import { sentencesOf } from '../../domain/topic/answer-sentences';
import type { Topic } from '../../domain/topic/topic';
import { fillFacts } from './answer-words';
import { NO_DAYS } from './hours';

const SHORTEST = 40;
/** Shorter words say little; longer ones are the same word where so many letters are. */
const SHORTEST_WORD = 5;
const STEM = 5;

/** The first sentence that says something, without what follows. */
export function firstSentence(text: string): string {
  const [first = text] = text.split('\n').filter((line) => line.trim() !== '');
  const end = /[.!?](?=\s|$)/u.exec(first.slice(SHORTEST));
  return end ? first.slice(0, SHORTEST + end.index + 1) : first;
}

/** The sentence that shares most words with what was asked; null where none shares any and something was asked. */
export function sentenceAbout(text: string, asked: string): string | null {
  const wanted = keysOf(asked);
  if (wanted.size === 0) return firstSentence(text);
  let best: string | null = null;
  let most = 0;
  for (const sentence of sentencesOf(text)) {
    const said = keysOf(sentence);
    const shared = [...wanted].filter((word) => said.has(word)).length;
    if (shared > most) [best, most] = [sentence, shared];
  }
  return best;
}

/** What the answer just given already says of it: 'do I need an appointment?' after 'both of you, by appointment'. */
export function toldOf(talk: Talk, topic: Topic): string | null {
  const [, last] = talk.memory.given?.answer.split(' ') ?? [];
  const answer = topic.details?.find(({ id }) => id === last)?.answer ?? topic.answer;
  const { text } = fillFacts(talk, talk.service(topic.service), talk.local(answer), NO_DAYS);
  return keysOf(talk.heard.read).size > 0 ? sentenceAbout(text, talk.heard.read) : null;
}

/** One sentence of what was answered, once more, and who can say more. */
export function tellAgain(talk: Talk, topic: Topic, sentence: string): void {
  const service = talk.service(topic.service);
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  talk.say(talk.t('answer.again', { answer: sentence, service: capital(talk.named(service)), reach }), {
    choices: [{ title: talk.t('person.ask') }],
  });
}

function keysOf(text: string): Set<string> {
  const words = phraseKey(text).split(' ');
  return new Set(words.filter((word) => word.length >= SHORTEST_WORD).map((word) => word.slice(0, STEM)));
}
