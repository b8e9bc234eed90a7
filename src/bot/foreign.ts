/**
 * Who writes in a language the town does not speak is told how to go on, in their own where we have the sentences;
 * what they seem to come for is offered with it, or begun where a sentence encoder is sure of it. Whoever goes on in that
 * language is not told the same again: their words can reach a person as they are.
 */
import { canBeOffered, offerTopics, type Talk } from '../dialogs';
import type { Memory } from '../domain/conversation';
import { type Heard, worthOffering } from '../domain/language/heard';
import { phraseKey } from '../domain/language/words';
import { findReferences } from '../domain/ticket/ticket';
import { begin } from './hold';

/** Enough to be sure that somebody thanks, says good-bye, or asks for a person. */
const SURE = 0.5;
const COURTESIES: ReadonlySet<string> = new Set(['thanks', 'bye']);

/** In the middle of a form words in another language are an answer, and no new request is begun from them. */
export function heardIn(memory: Memory, heard: Heard): Heard {
  return heard.language.foreign && heard.zone === 'act' && memory.dialogs.length > 0 ? { ...heard, zone: 'offer' } : heard;
}

/** Surely a request: it is answered as any other, in the town's language, once it was said why. */
export function isForeignRequest({ heard, text }: Talk): boolean {
  return heard.language.foreign !== undefined && heard.zone === 'act' && heard.asks === null && findReferences(text).length === 0;
}

/** Said in each language of the town: a stranger to one may know another. */
function whatIsSpoken(talk: Talk): string {
  const others = talk
    .inOthers('foreign.only')
    .map((words) => ` ${words}`)
    .join('');
  return talk.t('foreign.assistant', { languages: talk.languages(), others });
}

export function tellLanguages(talk: Talk): void {
  if (!talk.memory.foreignTimes) talk.say(whatIsSpoken(talk));
  talk.memory.foreignTimes ??= 1;
}

export async function foreign(talk: Talk): Promise<boolean> {
  const { heard, memory, text } = talk;
  if (memory.foreign && !isHeld(talk) && talk.means('thanks')) {
    talk.say(talk.t('thanks'));
    return true;
  }
  const isTold = heard.asks === 'help' || (isSentence(text) && (await isFree(talk)));
  const [top] = heard.intents;
  const isSure = top !== undefined && top.confidence >= SURE;
  if (heard.language.foreign && isSure && COURTESIES.has(top.topic) && !isHeld(talk)) {
    talk.say(talk.t(top.topic));
    return true;
  }
  if (!heard.language.foreign || !isTold || findReferences(text).length > 0) return false;
  if (isSure && top.topic === 'talk_to_human') {
    await begin(talk, 'person', { text });
    return true;
  }
  memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog !== 'choose');
  const topics = worthOffering(heard).filter((id) => canBeOffered(talk, id));
  if (topics.length > 0 && heard.asks !== 'help') {
    offerTopics(talk, whatIsSpoken(talk), topics);
    await begin(talk, 'choose', { topics, text });
    return true;
  }
  memory.foreignTimes = (memory.foreignTimes ?? 0) + 1;
  if (memory.foreignTimes > 1 && heard.asks !== 'help') await begin(talk, 'pass-on', { text });
  else talk.say(whatIsSpoken(talk), { choices: [{ title: talk.t('person.ask') }] });
  return true;
}

/** Whether nothing is being asked, or topics were offered and these words are no answer to that. */
async function isFree(talk: Talk): Promise<boolean> {
  if (talk.memory.dialogs.length === 0) return true;
  const key = phraseKey(talk.text);
  const isOffered = talk.memory.offered.some(({ title, value }) => phraseKey(title) === key || phraseKey(value) === key);
  return !isHeld(talk) && !isOffered && (await talk.entities()).yesNo === null;
}

/** Whether something is being asked that a courtesy could answer; an offer of topics is not. */
function isHeld({ memory }: Talk): boolean {
  return memory.dialogs.some(({ dialog }) => dialog !== 'choose');
}

/** Two words, or letters that no language of the town is written in. */
function isSentence(text: string): boolean {
  return /\p{L}.*\s.*\p{L}|[^\p{Script=Latin}\P{L}]/u.test(text);
}
