/**
 * The citizen's own words beside the answers they were understood as: 'outside the bakery', '3rd floor', 'it flickers too'.
 * What was understood stands beside them and never replaces them; a bare yes, no or skip says nothing of its own.
 */
import { phraseKey } from '../../domain/language/words';
import type { Talk } from '../dialog';
import type { FormData } from './form-data';

const MOST_WORDS = 1000;
const MOST_DETAILS = 40;
/** A longer reply that means yes or skip says more than that. */
const LONGEST_BARE = 4;
const LONGEST_AS_SAID = 8;
const SHORTEST_WORD = 3;
/** Words by which a question is known that has no sign of one. */
const MOST_OF_ASKING = 3;
/** Word lists of the locales. */
const BARE = ['skip', 'send', 'edit', 'back', 'dont-know', 'refuse', 'no-contact', 'same-contact', 'no-file', 'other-choice'];

/** 'oui', 'passer', 'je ne sais pas', 'pas de contact': an answer, with nothing in it to keep. */
export async function isBare(talk: Talk): Promise<boolean> {
  if (isAsSaid(talk)) return true;
  if (phraseKey(talk.text).split(' ').length > LONGEST_BARE) return false;
  if (BARE.some((list) => talk.means(list))) return true;
  return (await talk.entities()).yesNo !== null;
}

/** 'Note it as I wrote it', and nothing beside it. */
export function isAsSaid(talk: Talk): boolean {
  return talk.means('as-said') && phraseKey(talk.text).split(' ').length <= LONGEST_AS_SAID;
}

/** 'Send it', and not 'I can't send it'. */
export function wantsToSend(talk: Talk): boolean {
  return talk.means('send') && !talk.means('not-sending');
}

/** Whether words say something of their own beside phone numbers, e-mails and bare replies. */
export async function saysSomething(talk: Talk): Promise<boolean> {
  if (talk.text === '' || (await isBare(talk))) return false;
  const { phones, emails } = await talk.entities();
  const rest = phones.length + emails.length > 0 ? talk.text.replace(/\S+@\S+|\+?\d[\d\s./()-]{7,}\d/g, ' ') : talk.text;
  const words = phraseKey(rest).split(' ');
  // 'Il y en a 4': short words around a number say something too.
  if (words.length > SHORTEST_WORD && words.some((word) => /^\d+$/.test(word))) return true;
  return words.some((word) => word.length >= SHORTEST_WORD && !/^\d+$/.test(word));
}

/** 'Est-ce que la mairie rembourse': a question by its sign or by how it begins. */
export async function isAsked(talk: Talk): Promise<boolean> {
  if (/\?\s*$/.test(talk.text)) return true;
  const words = talk.text.split(/\s+/u);
  return words.length > MOST_OF_ASKING && (await talk.about(words.slice(0, MOST_OF_ASKING).join(' '))).means('asking');
}

/** Keeps the words as typed, unless one of the answers says exactly the same. */
export async function keepWords(talk: Talk, data: FormData, already: string[] = []): Promise<boolean> {
  if (!(await saysSomething(talk))) return false;
  const key = phraseKey(talk.text);
  const answers = Object.values(data.answers).map(({ text }) => text);
  if ([...already, ...answers, ...data.said, data.partial?.text ?? ''].some((text) => phraseKey(text) === key)) return false;
  data.said = [...data.said, talk.text.slice(0, MOST_WORDS)].slice(0, MOST_DETAILS);
  return true;
}

/** Dialogs that end in a request: what they hold is a form. */
const REQUESTS: ReadonlySet<string> = new Set(['form', 'person']);

/** Words heard as something else (a complaint, a second request) in the middle of a request stand on that one too. */
export async function keepInRequest(talk: Talk, words = talk.text): Promise<void> {
  const held = talk.memory.dialogs.findLast(({ dialog }) => REQUESTS.has(dialog));
  if (held) await keepWords(words === talk.text ? talk : await talk.about(words), held.data as unknown as FormData);
}
