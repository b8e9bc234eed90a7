/** The wish at the end of a long story. */
import type { Heard, HeardIntent } from '../../domain/language/heard';
import type { Word } from '../text/words';
import { zoneOf } from './decision-zones';
import { NOT_A_REQUEST } from './multi-intent';

/** Where it stands, and how many words it has at least. */
const LAST_SENTENCES = 4;
const SHORTEST_WISH = 3;
const STATUS = 'ticket_status';

export interface LastWish {
  intents: HeardIntent[];
  /** Its sentence. */
  words: Word[];
}

/** Whoever tells a long story says in its last sentences what is wanted: if one of them is surely a request, it is the request. */
export function wishIn(sentences: Word[][], hear: (words: Word[]) => HeardIntent[]): LastWish | null {
  for (const words of sentences.slice(-LAST_SENTENCES).reverse()) {
    const intents = words.length >= SHORTEST_WISH ? hear(words) : [];
    if (intents[0] && zoneOf(intents) === 'act' && !NOT_A_REQUEST.has(intents[0].topic)) return { intents, words };
  }
  return null;
}

/** A question at the end of a letter is answered, and what the letter reports before it is not lost. */
export function withStory(
  parts: Heard['parts'],
  wish: LastWish | null,
  text: string,
  { reports, questions }: { reports: ReadonlySet<string>; questions: ReadonlySet<string> },
): Heard['parts'] {
  const story = parts.find(({ topic }) => reports.has(topic));
  const asked = wish?.intents[0]?.topic ?? '';
  if (!story || !wish || !questions.has(asked)) return parts;
  return [{ topic: asked, text: text.slice(wish.words[0]!.start, wish.words.at(-1)!.end) }, story];
}

/** 'Where is my request, and what time do you close?': where it stands is told first, however the whole sounds. */
export function statusBeside(parts: Heard['parts'], top: HeardIntent | undefined): Heard['beside'] {
  const others = parts.filter(({ topic }) => topic !== STATUS);
  if (others.length === parts.length || others.length === 0 || top?.topic === STATUS) return null;
  return { topic: STATUS, rest: others.map(({ text }) => text).join('. ') };
}
