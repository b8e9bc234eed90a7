/**
 * Who writes in a language the town does not speak is told how to go on, in their own where we have the sentences;
 * what they seem to come for is offered with it, or begun where a sentence encoder is sure of it. Whoever goes on in that
 * language is not told the same again: their words can reach a person as they are.
 */
import { canBeOffered, offerTopics, type Talk } from '../dialogs';
import type { Memory } from '../domain/conversation';
import { COURTESIES, type Courtesy } from '../domain/language/foreign';
import { type Heard, worthOffering } from '../domain/language/heard';
import { countWords, phraseKey } from '../domain/language/words';
import { findReferences } from '../domain/ticket/ticket';
import { begin } from './hold';

/** Enough to be sure that somebody greets, thanks, says good-bye, or asks for a person. */
const SURE = 0.5;

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
  const { asks } = heard;
  if (opensWithBye(talk)) {
    talk.say(talk.t('greet', { authority: talk.local(talk.town.authority) }));
    return true;
  }
  if (asks === 'greet' || asks === 'thanks' || asks === 'bye') return courtesy(talk, asks);
  if (memory.foreign && !isHeld(talk) && talk.means('thanks')) return courtesy(talk, 'thanks');
  const isTold = asks === 'help' || (isSentence(text) && (await isFree(talk)));
  const [top] = heard.intents;
  const isSure = top !== undefined && top.confidence >= SURE;
  if (heard.language.foreign && isSure && isCourtesy(top.topic) && !isHeld(talk)) return courtesy(talk, top.topic);
  if (!heard.language.foreign || !isTold || findReferences(text).length > 0) return false;
  // What is to be taken back is not understood well enough to be taken back: a person reads which request it is.
  const takesBack = memory.dialogs.every(({ dialog }) => dialog === 'choose') && talk.means('withdraw');
  if (takesBack) {
    memory.dialogs = [];
    await begin(talk, 'person', { text, isMessage: true });
    return true;
  }
  if (isSure && top.topic === 'talk_to_human') {
    await begin(talk, 'person', { text });
    return true;
  }
  memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog !== 'choose');
  const isFirst = !memory.foreignTimes;
  const topics = worthOffering(heard).filter((id) => canBeOffered(talk, id));
  if (topics.length > 0 && asks !== 'help') {
    memory.foreignTimes ??= 1;
    offerTopics(talk, isFirst ? whatIsSpoken(talk) : talk.t('choose.did-you-mean'), topics);
    await begin(talk, 'choose', { topics, text });
    return true;
  }
  if (isFirst || asks === 'help') tellHowToGoOn(talk);
  else await begin(talk, 'pass-on', { text });
  return true;
}

/** 'Ciao', before anything was said: hello, in the language it comes from. */
function opensWithBye({ heard, memory, text }: Talk): boolean {
  return !memory.touchedAt && heard.zone === 'act' && heard.intents[0]?.topic === 'bye' && countWords(text) === 1;
}

/** Said once, and then only what helps on. */
function tellHowToGoOn(talk: Talk): void {
  const { memory } = talk;
  talk.say(memory.foreignTimes ? talk.t('person.offer') : whatIsSpoken(talk), { choices: [{ title: talk.t('person.ask') }] });
  memory.foreignTimes = (memory.foreignTimes ?? 0) + 1;
}

/** A greeting is no request, and thanks are no answer: in a form its question is asked again; whoever is in danger is told more. */
function courtesy(talk: Talk, said: Courtesy): boolean {
  const { memory } = talk;
  if (memory.dialogs.at(-1)?.dialog === 'danger') return false;
  if (said !== 'greet') talk.say(talk.t(said));
  else if (!isHeld(talk)) {
    memory.dialogs = [];
    tellHowToGoOn(talk);
  }
  return true;
}

function isCourtesy(topic: string): topic is Courtesy {
  return (COURTESIES as readonly string[]).includes(topic);
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
