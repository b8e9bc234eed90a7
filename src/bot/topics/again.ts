/** What of an answer is given again in short: the sentence that the new words are about, or the first. */
import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import { keyWords } from '../../domain/language/words';
import { sentencesOf } from '../../domain/topic/answer-sentences';
import type { Topic } from '../../domain/topic/topic';
import { fillFacts } from './answer-words';
import { NO_DAYS } from './hours';

const SHORTEST = 40;
/** Shorter words say little; longer ones are the same word where so many letters are. */
const SHORTEST_WORD = 5;
const STEM = 5;
const SHORTEST_SHORT = 3;
/** Letters behind a short word that make it another form of the same. */
const ENDINGS = [1, 2];
/** What a short word that is the beginning of another counts beside a long one, and what one that is the same counts. */
const BEGINNING = 0.5;
const FROM_SHORT = 0.1;

/** The first sentence that says something, without what follows. */
export function firstSentence(text: string): string {
  const [first = text] = text.split('\n').filter((line) => line.trim() !== '');
  const end = /[.!?](?=\s|$)/u.exec(first.slice(SHORTEST));
  return end ? first.slice(0, SHORTEST + end.index + 1) : first;
}

/** The sentence that shares most words with what was asked; null where none shares any and something was asked. */
export function sentenceAbout(text: string, asked: string): string | null {
  const wanted = keysOf(asked);
  const sentences = sentencesOf(text).map((sentence) => ({ sentence, said: keysOf(sentence), short: shortOf(sentence) }));
  const words = keyWords(asked);
  let best: string | null = null;
  let most = wanted.size > 0 ? FROM_SHORT : 0;
  for (const { sentence, said, short } of sentences) {
    const own = [...short].filter((word) => sentences.every((other) => other.short === short || !other.short.has(word)));
    const shared = [...wanted].filter((word) => said.has(word)).length + ofShort(own, words);
    if (shared > most) [best, most] = [sentence, shared];
  }
  return best ?? (wanted.size === 0 ? firstSentence(text) : null);
}

/** Short words that one sentence alone has: 'vol' is in 'volée', and tells apart which of two sentences is about a theft. */
function ofShort(own: string[], asked: string[]): number {
  const begins = own.some((word) =>
    asked.some((other) => other.startsWith(word) && ENDINGS.includes(other.length - word.length)),
  );
  return begins ? BEGINNING : own.filter((word) => asked.includes(word)).length * FROM_SHORT;
}

/** The topic that was answered last, and which detail of it; empty where none was. */
export function lastGiven({ memory }: Talk): { topic: string; detail: string } {
  const [topic = '', detail = ''] = memory.given?.answer.split(' ') ?? [];
  return { topic, detail };
}

/** What the answer just given already says of it: 'do I need an appointment?' after 'both of you, by appointment'. */
export function toldOf(talk: Talk, topic: Topic): string | null {
  const text = lastAnswer(talk, topic);
  return keysOf(talk.heard.read).size > 0 ? sentenceAbout(text, talk.heard.read) : null;
}

function lastAnswer(talk: Talk, topic: Topic): string {
  const { detail: last } = lastGiven(talk);
  const answer = topic.details?.find(({ id }) => id === last)?.answer ?? topic.answer;
  return fillFacts(talk, talk.service(topic.service), talk.local(answer), NO_DAYS).text;
}

/** The sentence of the answer just given that has every word of 'is there any water', but for the asking. */
export function sentenceNaming(talk: Talk, topic: Topic): string | null {
  const asking = new Set(keyWords(talk.t('words.asks-there')));
  const named = keyWords(talk.text).filter((word) => !asking.has(word));
  const sentences = named.length > 0 ? sentencesOf(lastAnswer(talk, topic)) : [];
  return sentences.find((sentence) => named.every((word) => keyWords(sentence).includes(word))) ?? null;
}

/** One sentence of what was answered, once more, and who can say more. */
export function tellAgain(talk: Talk, topic: Topic, sentence: string): void {
  const service = talk.service(topic.service);
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  talk.say(talk.t('answer.again', { answer: sentence, service: capital(talk.named(service)), reach }), {
    choices: [{ title: talk.t('person.ask') }],
  });
}

/** The words of a text that say something, by their beginnings. */
export function keysOf(text: string): Set<string> {
  const words = keyWords(text);
  return new Set(words.filter((word) => word.length >= SHORTEST_WORD).map((word) => word.slice(0, STEM)));
}

function shortOf(text: string): Set<string> {
  return new Set(keyWords(text).filter((word) => word.length >= SHORTEST_SHORT && word.length < SHORTEST_WORD));
}
