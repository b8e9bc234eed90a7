/**
 * The citizen's own words beside the answers they were understood as: 'outside the bakery', '3rd floor', 'it flickers too'.
 * What was understood stands beside them and never replaces them; a bare yes, no or skip says nothing of its own, nor does
 * what is an answer already, nor a question to the town hall.
 */
import { countWords, keyWords, phraseKey, typedWords } from '../../domain/language/words';
import type { Field } from '../../domain/topic/topic';
import type { Talk } from '../dialog';
import type { FormData } from './form-data';

const MOST_WORDS = 1000;
const MOST_DETAILS = 40;
/** A longer reply that means yes or skip says more than that. */
const LONGEST_BARE = 4;
const LONGEST_AS_SAID = 8;
/** Nor does a longer one only refuse a photo or a number to call. */
const LONGEST_REFUSAL = 8;
/** 'Allez, envoyez svp': what stands around a word that sends is not longer. */
const LONGEST_SENDING = 6;
const LONGEST_PART = 8;
const SHORTEST_WORD = 3;
/** Words by which a question is known that has no sign of one. */
const MOST_OF_ASKING = 3;
/** Word lists of the locales. */
const BARE = [
  'skip',
  'send',
  'edit',
  'back',
  'dont-know',
  'refuse',
  'no-contact',
  'same-contact',
  'no-file',
  'has-none',
  'all-right',
  'other-choice',
];
const REFUSALS = ['no-contact', 'no-file'];
/** Where a part of what was said ends; a full stop inside an address or a time ends nothing. */
const PART_END = /(?<=[,;!?\n])|(?<=[.:])(?=\s)/u;

/** 'Take my number off': a wish that a form fulfils itself. */
export function dropsContact(talk: Talk, text = talk.text): boolean {
  const isOff = talk.means('erase', text) || talk.means('takes-off', text);
  return isOff && talk.means('own-contact', text) && countWords(text) <= LONGEST_REFUSAL;
}

/** 'oui', 'passer', 'je ne sais pas', 'pas de contact': an answer, with nothing in it to keep. */
export async function isBare(talk: Talk, text = talk.text): Promise<boolean> {
  if (isAsSaid(talk, text) || dropsContact(talk, text)) return true;
  const words = keyWords(text);
  if (words.length <= LONGEST_REFUSAL && REFUSALS.some((list) => talk.means(list, text))) return true;
  if (words.length > LONGEST_BARE) return false;
  if (BARE.some((list) => talk.means(list, text))) return true;
  if ((await talk.entities(text)).yesNo === null) return false;
  // 'Yes, a smell too' says more than yes.
  const first = words.findIndex(isTelling(talk));
  return first <= 0 || (await isBare(talk, words.slice(first).join(' ')));
}

/** 'Note it as I wrote it', and nothing beside it. */
export function isAsSaid(talk: Talk, text = talk.text): boolean {
  return talk.means('as-said', text) && keyWords(text).length <= LONGEST_AS_SAID;
}

/** 'Send it', 'well, send it then', and not 'I can't send it'. */
export function wantsToSend(talk: Talk): boolean {
  if (talk.means('not-sending') || /\?\s*$/.test(talk.text)) return false;
  // In a story 'no idea how to get there, please send it to…' sends nothing: the words stand in a short part of the message.
  const parts = talk.text.split(PART_END).filter((part) => keyWords(part).length <= LONGEST_PART);
  if (talk.means('send') && parts.some((part) => talk.means('send', part))) return true;
  // 'Fine, send': what stands beside it agrees.
  const agrees = (part: string) => ['send', 'all-right', 'courtesies'].some((list) => talk.means(list, part));
  if (parts.some((part) => talk.means('send', part)) && talk.text.split(PART_END).every(agrees)) return true;
  const words = keyWords(talk.text);
  if (words.length > LONGEST_SENDING) return false;
  const tells = isTelling(talk);
  // 'Ok, c'est bon, vas-y' ends in small words that send.
  const ends = words.map((_, at) => words.slice(at)).filter((_, at) => at > 0 && !words.slice(0, at).some(tells));
  return [words.filter(tells), ...ends].some((each) => each.length < words.length && talk.means('send', each.join(' ')));
}

/** Whether words say something of their own beside phone numbers, e-mails and bare replies. */
export async function saysSomething(talk: Talk, text = talk.text): Promise<boolean> {
  if (text === '' || (await isBare(talk, text))) return false;
  const { phones, emails, plates } = await talk.entities(text);
  if (plates.length > 0) return true;
  const isCalled = phones.length + emails.length > 0;
  const rest = isCalled ? text.replace(/\S+@\S+|\+?\d[\d\s./()-]{7,}\d/g, ' ') : text;
  const words = keyWords(rest);
  // 'All right then, my number is 06…' says the number.
  const tells = isTelling(talk);
  const spoken = new Set(emails.flatMap((email) => email.split(/[^\p{L}\p{N}]+/u)));
  const says = (word: string) => tells(word) && !/^\d+$/.test(word) && !spoken.has(word);
  if (isCalled) return words.some((word) => says(word) && talk.counts('beside-contact', word) === 0);
  // 'Il y en a 4': short words around a number say something too.
  if (words.length > SHORTEST_WORD && words.some((word) => /^\d+$/.test(word))) return true;
  return words.some((word) => word.length >= SHORTEST_WORD && !/^\d+$/.test(word));
}

/** A number or an address to be told by, and nothing beside it, whatever its letters sound like. */
export async function isContactAlone(talk: Talk): Promise<boolean> {
  const { phones, emails } = await talk.entities();
  return phones.length + emails.length > 0 && (isContactAsked(talk) || !(await saysSomething(talk)));
}

/** 'About my housing request', where a person is asked for and it was asked what it is about: no request to be followed. */
function tellsSubject({ memory, means, text }: Talk): boolean {
  const held = memory.dialogs.at(-1);
  return held?.dialog === 'person' && held.data.at === 'subject' && means('concerning') && !text.includes('?');
}

/** What answers a form, or who asks for a person, whatever else it sounds like. */
export async function isPlainAnswer(talk: Talk): Promise<boolean> {
  return tellsSubject(talk) || (await isContactAlone(talk));
}

/** Asked for, whatever is said with it is about being called: 'you can reach me on 06… in the evening'. */
function isContactAsked({ memory, topic }: Talk): boolean {
  const held = memory.dialogs.at(-1);
  if (held?.dialog !== 'form') return false;
  return topic(String(held.data.topic))?.form?.some(({ id, kind }) => id === held.data.at && kind === 'contact') === true;
}

/** 'Est-ce que la mairie rembourse': a question by its sign or by how it begins. */
export function isAsked(talk: Talk, text = talk.text): boolean {
  if (/\?\s*$/.test(text)) return true;
  const words = typedWords(text);
  const first = words.slice(0, MOST_OF_ASKING).join(' ');
  return words.length > MOST_OF_ASKING && (talk.means('asking', first) || talk.means('who-does', first));
}

/** By town: asked for several times with each message of a form. */
const emptyWords = new WeakMap<Talk['town'], Set<string>>();

/** Whether a word, keyed, says something: not 'the', 'please' or 'hello', in any of the town's languages. */
export function isTelling(talk: Talk): (word: string) => boolean {
  const empty =
    emptyWords.get(talk.town) ??
    new Set(Object.values(talk.inEach('words.empty')).flatMap((list) => list.split('|').map(phraseKey)));
  emptyWords.set(talk.town, empty);
  return (word) => word !== '' && !empty.has(word);
}

/** Whether each word that says something stands in these texts already. */
export function isCovered(talk: Talk, text: string, by: string[]): boolean {
  const { bare } = talk.choosing;
  const known = new Set(by.flatMap((each) => keyWords(each).map(bare)));
  return keyWords(text)
    .filter(isTelling(talk))
    .every((word) => known.has(bare(word)));
}

/** The words of a text that its field's file says answer it. */
export function namedIn(field: Field, text: string): string[] {
  const said = ` ${phraseKey(text)} `;
  const words = Object.values(field.saidBy ?? {})
    .flat()
    .map(phraseKey);
  return [...new Set(words.filter((word) => said.includes(` ${word} `)))];
}

/** What the answers of a form say. */
export function answered({ answers, partial }: FormData): string[] {
  return [...Object.values(answers).map(({ text }) => text), partial?.text ?? ''];
}

/** The message without those of its parts that are bare replies, questions, or what an answer says; all of it where none is. */
export async function detailsIn(talk: Talk, by: string[]): Promise<string> {
  const parts = talk.text.split(PART_END).filter((part) => part.trim() !== '');
  if (parts.length < 2) return (await isDetail(talk, talk.text, by)) ? talk.text : '';
  const kept: string[] = [];
  for (const part of parts) if (await isDetail(talk, part.trim(), by)) kept.push(part);
  return kept.length === parts.length
    ? talk.text
    : kept
        .join('')
        .replace(/^[\s,;:.]+|[\s,;:]+$/gu, '')
        .trim();
}

async function isDetail(talk: Talk, text: string, by: string[]): Promise<boolean> {
  return (await saysSomething(talk, text)) && !isAsked(talk, text) && !isCovered(talk, text, by);
}

/** The first words without the address at their end, where that is an answer: 'rubbish dumped [at 4 Mill Lane]'. */
export async function openingOf(talk: Talk, data: FormData): Promise<string> {
  const words = await detailsIn(talk, []);
  const { place } = await talk.entities(words);
  const isNoted = place !== null && answered(data).some((text) => text !== '' && text === place.text);
  if (!isNoted || words.slice(place.end).trim() !== '') return words;
  const before = typedWords(words.slice(0, place.start));
  const last = before.findLastIndex((word) => keyWords(word).some(isTelling(talk)));
  const rest = before.slice(0, last + 1).join(' ');
  // 'Parked in front of' needs what it is in front of.
  const isOpenEnded = last < 0 || talk.means('whereabouts', before.slice(last).join(' '));
  return isOpenEnded ? words : rest.replace(/[\s,;:.-]+$/u, '');
}

/** Keeps what was typed as far as no answer says the same; true when something of it was kept. */
export async function keepWords(talk: Talk, data: FormData, already: string[] = []): Promise<boolean> {
  const { phones, emails } = await talk.entities();
  // A second number to call stands nowhere else.
  const isSecond = [...phones, ...emails].some((one) => !Object.values(data.answers).some(({ value }) => value === one));
  if (!isSecond && !(await saysSomething(talk))) return false;
  const words = isSecond ? talk.text : await detailsIn(talk, answered(data));
  const key = phraseKey(words);
  const core = key.split(' ').filter(isTelling(talk)).join(' ');
  if (key === '' || already.some((text) => [key, core].includes(phraseKey(text)))) return false;
  if (data.said.some((text) => phraseKey(text) === key)) return false;
  data.said = [...data.said, words.slice(0, MOST_WORDS)].slice(0, MOST_DETAILS);
  return true;
}

/** Dialogs that end in a request: what they hold is a form. */
const REQUESTS: ReadonlySet<string> = new Set(['form', 'person']);

/** Words heard as something else (a complaint, a second request) in the middle of a request stand on that one too. */
export async function keepInRequest(talk: Talk, words = talk.text): Promise<boolean> {
  const held = talk.memory.dialogs.findLast(({ dialog }) => REQUESTS.has(dialog));
  if (!held) return false;
  return keepWords(words === talk.text ? talk : await talk.about(words), held.data as unknown as FormData);
}
