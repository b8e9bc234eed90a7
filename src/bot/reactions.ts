/**
 * Short replies to what was just said, where no question is being asked: 'ok super' is a thank-you, 'yes' takes up the
 * person who was offered, 'no, the other one' goes back to what was offered beside.
 */

import { offerTopics, type Talk } from '../dialogs';
import { CLAUSE_END } from '../domain/language/clauses';
import { countWords, phraseKey, typedWords } from '../domain/language/words';
import { begin, startTopic } from './hold';
import { aspectAsked } from './topics/aspects';

const SHORT_REACTION = 4;
/** So sure of something else, an excuse beside it is only that. */
const SURE = 0.7;
export const COURTESIES: ReadonlySet<string> = new Set(['greet', 'thanks', 'bye']);
/** Words of a courtesy: 'thank you so much'. */
const LONGEST_COURTESY = 4;
const ASKING = ['question', 'asking', 'when-done', 'need'];
/** Of so many choices a bare 'yes' means the person. */
const MOST_IMPLIED = 2;

export async function thank(talk: Talk): Promise<boolean> {
  const lastTopic = talk.memory.dialogs.length === 0 ? talk.memory.lastTopic : undefined;
  if (lastTopic) talk.act({ kind: 'recordFeedback', topic: lastTopic, isUseful: true });
  talk.say(talk.t('thanks'));
  return true;
}

/** 'That does not help': counted against the answer, and the question goes with whoever asks for a person now. */
export async function notUseful(talk: Talk, { topic, text }: { topic: string; text: string }): Promise<boolean> {
  const service = talk.topic(topic)?.service;
  talk.act({ kind: 'recordFeedback', topic, isUseful: false });
  talk.act({ kind: 'recordMiss', reason: 'not-useful', words: text, topic, service });
  talk.memory.asked = undefined;
  talk.memory.unanswered = { topic, text };
  talk.say(talk.t('answer.not-useful'), { choices: [{ title: talk.t('person.ask') }] });
  return true;
}

/** 'Top', 'ok super', 'nickel', a thumb: said when nothing was asked, it is a thank-you. */
export async function isReaction(talk: Talk): Promise<boolean> {
  if (!isShort(talk) || talk.text.includes('?')) return false;
  return talk.means('reaction') || (await talk.entities()).yesNo === 'yes';
}

export function isShort(talk: Talk): boolean {
  return countWords(talk.text) <= SHORT_REACTION;
}

/** 'No, the other one': of what was offered beside what was chosen. */
export async function theOther(talk: Talk): Promise<boolean> {
  const { memory } = talk;
  const { topics = [], references = [], text = '' } = memory.passed ?? {};
  const [topic] = topics;
  const [reference] = references;
  if (memory.passed === undefined || (!topic && !reference)) return false;
  memory.passed = undefined;
  if (memory.dialogs.at(-1)?.dialog === 'form' && topic) memory.dialogs.pop();
  if (topics.length > 1) {
    offerTopics(talk, talk.t('choose.did-you-mean'), topics);
    await begin(talk, 'choose', { topics, text });
  } else if (topic) {
    await startTopic(talk, topic, text);
  } else if (references.length === 1 && reference) {
    await begin(await talk.about(reference), 'status', {});
  } else return false;
  return true;
}

/** Whether a person was offered last, beside one other thing at most: a bare 'yes' takes it up. */
export function offersPerson({ memory, t }: Talk): boolean {
  return memory.offered.length <= MOST_IMPLIED && memory.offered.some(({ title }) => title === t('person.ask'));
}

/** 'Hello, it's me again, where is my request?': what stands behind a greeting, where it is surely something. */
export async function behindGreeting(talk: Talk): Promise<Talk | null> {
  const [, ...clauses] = talk.text.split(CLAUSE_END).filter((clause) => clause.trim() !== '');
  if (clauses.length === 0) return null;
  const rest = await talk.about(clauses.join(', ').trim());
  const [top] = rest.heard.intents;
  return rest.heard.zone === 'act' && top && !COURTESIES.has(top.topic) ? rest : null;
}

/** 'Thanks, and for a child?': what stands beside the courtesies, where it asks for something. */
export async function besideThanks(talk: Talk): Promise<Talk | null> {
  const words = wordsBeside(talk);
  if (words.length === 0 || words.length === countWords(talk.text)) return null;
  const rest = await talk.about(words.join(' '));
  const [top] = rest.heard.intents;
  const isMeant = rest.heard.zone === 'act' && top !== undefined && !COURTESIES.has(top.topic);
  return isMeant || rest.text.includes('?') || aspectAsked(rest) || ASKING.some((list) => rest.means(list)) ? rest : null;
}

/** 'Did you note it?' is like a thank-you, and none. */
export function isNoThanks(talk: Talk): boolean {
  return talk.text.includes('?') && wordsBeside(talk).length === countWords(talk.text);
}

/** The message without the courtesies it begins and ends with. */
function wordsBeside(talk: Talk): string[] {
  const courtesies = new Set(
    Object.values(talk.inEach('words.courtesies')).flatMap((list) => list.split('|').map((each) => phraseKey(each))),
  );
  let words = typedWords(talk.text);
  const lengths = Array.from({ length: LONGEST_COURTESY }, (_, n) => LONGEST_COURTESY - n);
  for (let taken = 1; taken > 0 && words.length > 0; ) {
    const first = lengths.find((n) => courtesies.has(phraseKey(words.slice(0, n).join(' '))));
    const last = first ? undefined : lengths.find((n) => courtesies.has(phraseKey(words.slice(-n).join(' '))));
    words = first ? words.slice(first) : last ? words.slice(0, -last) : words;
    taken = first ?? last ?? 0;
  }
  return words;
}

/** 'Sorry for the tone, the lamp at 5 rue Ampère is out' is a report all the same. */
export async function isExcuseAlone({ heard, entities }: Talk): Promise<boolean> {
  return (heard.intents[0]?.confidence ?? 0) < SURE && (await entities()).place === null;
}

/** 'Sorry, I lost my temper': nothing new is asked. */
export function excused(talk: Talk): boolean {
  talk.say(talk.t('excuse'));
  return true;
}
