/**
 * The order of listening. Each listener takes the message or leaves it to the next; the first
 * that takes it decides. Read `ORDER` as the table of contents of the bot.
 */

import { type ChoosingWords, choiceInPart, choosingWordsOf, readChoice, type Talk } from '../dialogs';
import type { Conversation, Memory } from '../domain/conversation';
import type { Decision, Lookups } from '../domain/decision';
import { heardFromCitizen } from '../domain/desk/queue';
import type { Effect } from '../domain/effect';
import { COURTESIES } from '../domain/language/foreign';
import type { Heard } from '../domain/language/heard';
import { sentenceOf } from '../domain/language/sentences';
import { countWords, keyWords, phraseKey } from '../domain/language/words';
import { type Activity, isCitizenLine } from '../domain/message/activity';
import type { Town } from '../domain/town';
import type { TurnRunner } from './adapter';
import { takeUpAgain } from './cancelling';
import { commands } from './commands';
import { alertTold } from './events/alert';
import { bulletin } from './events/bulletin';
import { atCounter } from './events/counter';
import { notice } from './events/notice';
import { photoSent } from './events/photo';
import { planReminder, remind } from './events/reminder';
import { danger, holder, optOut, perhapsOptOut } from './first';
import { heardIn } from './foreign';
import { dialogOnTop, followWaiting, noteBeside, repeatPending } from './hold';
import { feelings } from './listening/feelings';
import { pollAnswer } from './listening/polls';
import { subscriptions } from './listening/subscriptions';
import { wanted } from './listening/wanted';
import { neverThrice } from './repeats';
import { aboutRequest } from './requests/about-request';
import { contactOff, leavesContact } from './requests/adding';
import { anotherOne } from './requests/another';
import { askedOfSent } from './requests/asked-of-sent';
import { answersByMail } from './requests/by-mail';
import { helpEnds } from './requests/helping';
import { wordsLater } from './requests/later';
import { withdrawal } from './requests/withdrawing';
import type { OpenTalk, TalkParts, Talks } from './talk';
import { answerBetween } from './topics/follow-ups';
import { lostFile } from './topics/lost-files';
import { answerTopics, clarify, mediaAlone, person } from './topics/topics';

/** Takes the message (true), leaves it to the next, or has done its part and hands on the rest of the words. */
export type Listener = (talk: Talk) => Promise<boolean | Talk>;

const ORDER: ReadonlyArray<readonly [name: string, listener: Listener]> = [
  ['asked-of-sent', askedOfSent],
  ['contact', leavesContact],
  ['contact-off', contactOff],
  ['subscription', subscriptions],
  ['opt-out', optOut],
  ['danger', danger],
  ['holder', holder],
  ['helper', helpEnds],
  ['wanted', wanted],
  ['opt-out-perhaps', perhapsOptOut],
  ['poll', pollAnswer],
  ['uncancel', takeUpAgain],
  ['withdrawal', withdrawal],
  ['another', anotherOne],
  ['request', aboutRequest],
  ['feelings', feelings],
  ['command', commands],
  ['between', answerBetween],
  ['mail', answersByMail],
  ['dialog', dialogOnTop],
  ['media', mediaAlone],
  ['topic', answerTopics],
  ['later', wordsLater],
  ['clarify', clarify],
  ['person', person],
];

/** Whom to call, and that nothing more is sent, is said as often as it is asked for. */
const UNCOUNTED: ReadonlySet<string> = new Set(['danger', 'opt-out', 'holder']);
const HOUR = 3600_000;
/** Words in another language that show, in the middle of a form, that it is really spoken. */
const MIND_CHANGED = 5;
/** From a number to the end of its clause: an address has the words of its street, whatever is spoken. */
const ADDRESS = /\d[^,;.!?\n]*/gu;
/** Fewer say nothing of the language once one is being spoken. */
const FEW_WORDS = 4;
const DRAFT_LIFE = 24 * HOUR;

export function createTurn({ towns, understanding }: TalkParts, talks: Talks, runner: TurnRunner) {
  return async (activity: Activity, conversation: Conversation, lookups: Lookups): Promise<Decision> => {
    const town = towns.get(conversation.town);
    if (!town) throw new Error(`The town ${conversation.town} is not on this installation`);
    // Plain JSON by its type, and copied three times as fast this way.
    const memory: Memory = JSON.parse(JSON.stringify(conversation.memory));
    const text = wordsOf(activity, memory, choosingWordsOf(towns, town));
    takeLocale(activity, town, memory);
    const prior = memory.languageFrom === 'default' ? null : memory.language;
    const heard = heardIn(
      memory,
      await understanding.hear(text, { town: town.id, prior, foreign: memory.foreign, now: lookups.now }),
    );
    followLanguage(heard, text, memory, conversation, (code, said) => hasSmallWord(towns, town.id, code, said));
    followForeign(heard, text, memory);
    const open = talks.open(town, conversation, memory, activity, text, heard, lookups);
    let rule = 'none';
    const said = await runner.run(activity, conversation, async (send) => {
      rule = await listen(open, lookups);
      if (activity.type === 'message') planReminder(open.talk);
      for (const each of finish(open)) await send(each);
    });
    // News that the town brings is not the citizen's word: it opens no 24-hour window and keeps no draft alive.
    if (activity.type !== 'event') memory.touchedAt = lookups.now.toISOString();
    const effects: Effect[] = [...open.effects, ...said.map((each): Effect => ({ kind: 'say', activity: each }))];
    return {
      memory,
      ...standing(open, conversation, activity, lookups.now),
      effects,
      why: { rule, heard: heard.intents, ...(heard.repaired.length > 0 ? { repaired: heard.repaired } : {}) },
    };
  };
}

/** Who holds the conversation after the turn, and how it stands at the desk: there it is seen that the citizen wrote. */
function standing(
  { passed, talk, effects }: OpenTalk,
  { holder, queue }: Conversation,
  activity: Activity,
  now: Date,
): Pick<Decision, 'holder' | 'queue'> {
  const next = passed();
  if (next) return next;
  const stays = { holder, queue: queue ?? null };
  if (holder === 'bot' || !queue || !isCitizenLine(activity)) return stays;
  const isDanger = effects.some(({ kind }) => kind === 'alert');
  return { ...stays, queue: heardFromCitizen(queue, talk.text, now.toISOString(), isDanger) };
}

async function listen({ talk, said, effects }: OpenTalk, lookups: Lookups): Promise<string> {
  const { memory, activity } = talk;
  if (activity.type === 'conversationUpdate') {
    introduce(talk);
    return 'welcome';
  }
  // Told whatever is being asked and whoever holds the conversation; what was asked stays as it stands.
  if (activity.type === 'event') {
    if (await notice(talk)) return 'notice';
    if (await bulletin(talk)) return 'bulletin';
    if (await photoSent(talk)) return 'photo';
    if (await alertTold(talk)) return 'alert';
    if (await atCounter(talk)) return 'counter';
    return (await remind(talk)) ? 'reminder' : 'ignored';
  }
  if (activity.type !== 'message') return 'ignored';
  const isNew = !memory.introduced;
  expireDraft(talk, lookups.now);
  const pending = memory.dialogs.at(-1);
  let current = talk;
  for (const [name, listener] of ORDER) {
    const taken = await listener(current);
    if (typeof taken === 'object') current = taken;
    if (taken !== true) continue;
    if (name === 'command' && current === talk) await noteBeside(talk);
    await followWaiting(talk);
    if (!UNCOUNTED.has(name)) neverThrice(talk, said, effects);
    if (name !== 'holder') tellLostFile(talk, said);
    if (name !== 'dialog' && name !== 'holder') repeatPending(talk, pending);
    // First words on any channel: who answers, and for whom (AI Act art. 50(1)); danger is never kept waiting for it.
    // To whoever speaks of dying nothing else is said in the same breath: they are told with the next message.
    if (isNew && name !== 'holder' && said.length > 0 && talk.heard.danger !== 'self-harm') {
      memory.introduced = true;
      const intro = talk.t('intro', { authority: talk.local(talk.town.authority), privacy: talk.town.privacy.url });
      const first = said[0];
      if (first?.importance === 'high')
        said.push({ type: 'message', text: intro, textFormat: 'plain', locale: talk.spokenLanguage });
      else if (first) leadIn(first, intro);
    }
    return name;
  }
  return 'none';
}

function tellLostFile(talk: Talk, said: Activity[]): void {
  const lost = lostFile(talk);
  const first = said[0];
  if (!lost || !first || first.text?.includes(lost) || talk.heard.danger === 'self-harm') return;
  // Behind what to do in danger; before a question, so that it is not taken for answered.
  if (talk.heard.danger) first.text = `${first.text ?? ''}\n${lost}`;
  else leadIn(first, lost);
}

/** Words before those of a message; what is folded away begins further on. */
function leadIn(message: Activity, words: string): void {
  message.text = `${words}\n${message.text ?? ''}`;
  const fold = message.channelData?.fold as { at: number } | undefined;
  if (fold) message.channelData = { ...message.channelData, fold: { ...fold, at: fold.at + words.length + 1 } };
}

/** On a phone one message carries all that is said, so that it arrives in order and costs once. */
function finish({ talk, said }: OpenTalk): Activity[] {
  const last = said.at(-1);
  if (talk.conversation.channel === 'web' || talk.conversation.channel === 'botframework' || !last || said.length === 1)
    return said;
  const text = said.map((each) => each.text ?? '').join('\n');
  const channelData = Object.assign({}, ...said.map((each) => each.channelData ?? {}));
  const importance = said.find((each) => each.importance)?.importance;
  return [
    { ...last, text, ...(importance ? { importance } : {}), ...(Object.keys(channelData).length > 0 ? { channelData } : {}) },
  ];
}

function introduce(talk: Talk): void {
  const { memory, town } = talk;
  if (memory.introduced) return;
  memory.introduced = true;
  talk.say(talk.t('welcome', { authority: talk.local(town.authority), privacy: town.privacy.url }), {
    choices: ['welcome.report', 'welcome.question', 'welcome.status'].map((id) => ({ title: talk.t(id) })),
  });
}

/** The typed words; a number or 'the second' that answers an offer becomes the words offered. */
function wordsOf(activity: Activity, memory: Memory, choosing: ChoosingWords): string {
  const typed = (activity.text ?? (typeof activity.value === 'string' ? activity.value : '')).replaceAll('\u0000', '').trim();
  if (memory.offered.length === 0 || typed.length > 40) return typed;
  const offered = memory.offered.map(({ title, value }) => ({ id: value, words: [title, value] }));
  const chosen = readChoice(typed, offered, choosing);
  if (chosen && /^\P{L}*\d+\P{L}*$|^\p{L}+(\s\p{L}+){0,2}$/u.test(typed)) return chosen;
  return (/^\p{L}+(\s\p{L}+){0,3}$/u.test(typed) && choiceInPart(typed, offered, choosing)) || typed;
}

function takeLocale(activity: Activity, town: Town, memory: Memory): void {
  if (memory.languageFrom !== 'default' || !activity.locale) return;
  const code = activity.locale.slice(0, 2).toLowerCase();
  if (!town.languages.includes(code)) return;
  memory.language = code;
  memory.languageFrom = 'locale';
}

/** The conversation follows the language that is surely spoken, unless one was asked for or a person holds it. */
function followLanguage(
  heard: Heard,
  text: string,
  memory: Memory,
  conversation: Conversation,
  isSpoken: (language: string, said: string) => boolean,
): void {
  const { isSure, code } = heard.language;
  if (!isSure || memory.languageFrom === 'asked' || conversation.holder !== 'bot') return;
  // In a form a short reply is an answer ('5 rue Ampère'), not a wish to change the language.
  const said = text.replace(ADDRESS, ' ');
  const isAnswer = countWords(said) < MIND_CHANGED || !isSpoken(code, said);
  if (code !== memory.language && memory.dialogs.length > 0 && isAnswer) return;
  // 'ok super' is said in every language, and 'ok tant pis' is no English.
  if (code !== memory.language && memory.touchedAt && countWords(text) < FEW_WORDS) return;
  memory.language = code;
  memory.languageFrom = 'words';
}

/** 'Claire Fontaine, 9 rue Diderot' is written alike in every language: what is spoken has small words of its own. */
function hasSmallWord(towns: TalkParts['towns'], town: string, language: string, text: string): boolean {
  const small = new Set(sentenceOf(towns, town, language, 'words.empty').split('|').map(phraseKey));
  return keyWords(text).some((word) => small.has(word) && !/^\d+$/.test(word));
}

/** What little can be said in their own language is, until they surely speak one of the town's. */
function followForeign({ language, danger, optOut, asks }: Heard, text: string, memory: Memory): void {
  // In a form a short reply is an answer: a name sounds like many languages.
  const isHeld = memory.dialogs.length > 0;
  const isCourtesy = COURTESIES.some((one) => one === asks);
  const isKept = isCourtesy && (isHeld || (asks !== 'greet' && memory.touchedAt !== undefined));
  const isAnswer = isHeld && countWords(text) < MIND_CHANGED && !danger && !optOut && (!asks || isCourtesy);
  if (language.foreign) {
    // 'Gracias' in the middle of a French conversation changes nothing.
    if (!isAnswer && (memory.foreign || !isKept)) memory.foreign = language.foreign;
  } else if (language.isSure && !isAnswer) delete memory.foreign;
}

/** A form left alone for a day is put away, and said so, before anything else is heard. */
function expireDraft(talk: Talk, now: Date): void {
  const { memory } = talk;
  if (!memory.touchedAt || now.getTime() - Date.parse(memory.touchedAt) < DRAFT_LIFE) return;
  const hadDraft = memory.dialogs.some(({ dialog }) => dialog === 'form' || dialog === 'person') || memory.held.files.length > 0;
  memory.dialogs = [];
  memory.waiting = [];
  memory.held = { files: [] };
  memory.misses = 0;
  memory.lastTopic = undefined;
  memory.asked = undefined;
  if (hadDraft) talk.say(talk.t('form.expired'));
}
