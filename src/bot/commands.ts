/**
 * Words that steer the conversation whatever is being asked: help, cancel, another language, a
 * person, where does it stand, thanks, good-bye, my data. Inside a form they must be plain.
 */

import { asksToEnd, carriedFromForm, choosesSent, goesBackToForm, isForForm, isPlainAnswer, type Talk } from '../dialogs';
import { countWords } from '../domain/language/words';
import type { Right } from '../domain/rights';
import { findReferences } from '../domain/ticket/ticket';
import { isAboutData, tellsPhotoHow } from './asides';
import { cancel, cancelsNothing, cancelsTheirs, isOfSent, putAway } from './cancelling';
import { foreign, isForeignRequest, tellLanguages } from './foreign';
import { begin, repeatPending, wait } from './hold';
import { tellMoreOfPrivacy, tellPrivacy } from './privacy';
import {
  behindGreeting,
  besideThanks,
  COURTESIES,
  excused,
  isExcuseAlone,
  isNoThanks,
  isReaction,
  isShort,
  notUseful,
  offersPerson,
  thank,
  theOther,
} from './reactions';
import { actFor, actsForAnother } from './requests/helping';
import { wantsNewReport, whatToReport } from './requests/new-report';
import { isFollowUp, status } from './requests/status';
import { isOfTheirs } from './requests/withdrawing';
import { answerNext } from './topics/asked-next';
import { firstPlease } from './topics/first-please';
import { tellsMore } from './topics/follow-ups';
import { officeAsked } from './topics/named-office';
import { tellsWhom } from './topics/whom';
import { asksOfAnotherDay, hoursLeaningOn } from './topics/whose-hours';

/** Inside a form a steering word must be this sure, the message this short. */
const SURE = 0.7;
const SHORT = 9;
/** 'Thank you! And how long will that take?' */
const SHORT_QUESTION = 12;
/** So close to a detail of the last answer, words are about that. */
const LEANING = 0.5;
/** 'in English please': no longer than this when nothing else says that it is about the language. */
const SHORT_REQUEST = 4;
/** Word lists that answer a form's question. */
const ANSWERS = [
  'back',
  'skip',
  'send',
  'edit',
  'dont-know',
  'other-choice',
  'refuse',
  'no-contact',
  'no-file',
  'replace',
  'also',
];

/** Heard in words that do not say so plainly. */
const GUESSED: ReadonlySet<string> = new Set(['ticket_status', 'cancel']);

type Command = (talk: Talk) => Promise<boolean>;

export async function commands(talk: Talk): Promise<boolean | Talk> {
  if (talk.text === '') return false;
  if (talk.heard.beside) return beside(talk, talk.heard.beside);
  const target = languageAsked(talk);
  if (target) return speak(talk, target);
  if (talk.means('who-are-you') && countWords(talk.text) <= SHORT) return tellWho(talk);
  if (talk.heard.asks === 'person') return person(talk);
  if (isForeignRequest(talk)) {
    tellLanguages(talk);
    return false;
  }
  if (await foreign(talk)) return true;
  const pending = talk.memory.dialogs.at(-1);
  const held = pending?.dialog;
  if (pending && held === 'choose' && choosesSent(talk, pending.data)) return false;
  if (await firstPlease(talk)) return true;
  if (isAboutData(talk)) return tellPrivacy(talk);
  if (tellsPhotoHow(talk, pending)) return true;
  // 'retour' and 'passer' steer the form, not the conversation.
  const isAsked = ['form', 'person', 'change'].includes(held ?? '');
  const isAnswer = (await isPlainAnswer(talk)) || (!talk.means('cancel') && ANSWERS.some((list) => talk.means(list)));
  if (isAsked && (isAnswer || (await goesBackToForm(talk, pending)))) return false;
  if (isAsked && talk.means('resume') && isShort(talk)) return askAgain(talk);
  if (await isForForm(talk)) return false;
  if (talk.means('the-other') && held !== 'choose' && (await theOther(talk))) return true;
  if (!held && talk.memory.asked && talk.means('not-useful')) return notUseful(talk, talk.memory.asked);
  if (!held && offersPerson(talk) && isShort(talk) && talk.heard.intents[0]?.topic !== 'thanks') {
    const { yesNo } = await talk.entities();
    if (yesNo === 'yes') return person(talk);
    if (yesNo === 'no') return refusal(talk);
  }
  if (held !== 'person' && (talk.heard.wish === 'report' || wantsNewReport(talk))) return whatToReport(talk);
  if (talk.heard.refused) return refusal(talk);
  if (talk.means('cancel')) return cancel(talk);
  if (talk.means('person')) return person(talk);
  if (!held && (talk.means('person-wish') || (talk.means('call-back') && !isRequest(talk)))) return person(talk);
  if ((!held || held === 'status') && actsForAnother(talk)) return actFor(talk);
  if (talk.means('status')) return status(talk);
  if (
    !held &&
    !talk.memory.lastTopic &&
    talk.means('when-done') &&
    isShortQuestion(talk) &&
    (await talk.lookups.ticketsHere()).length > 0
  )
    return status(talk);
  const isCancel = talk.heard.intents[0]?.topic === 'cancel' && talk.heard.zone === 'act';
  if (findReferences(talk.text).length > 0 && held !== 'status' && held !== 'join' && !isCancel) return status(talk);
  if (!held && isFollowUp(talk)) return status(talk);
  if (!held && talk.means('lost-reference')) return status(talk);
  if (!held && (await answerNext(talk))) return true;
  if (!held && tellsWhom(talk)) return true;
  if (!held && (talk.means('danger-what') || talk.means('need')) && !isRequest(talk) && (await tellsMore(talk))) return true;
  if (talk.means('help')) return help(talk);
  if (talk.heard.isExcuse && (await isExcuseAlone(talk))) return excused(talk);
  const [top] = talk.heard.intents;
  // 'alors mon signalement ?' is unclear from a stranger, and clear from somebody who has made one. Who adds to it does not ask.
  const isLikelyStatus = top?.topic === 'ticket_status' && talk.heard.zone === 'offer' && !talk.means('add');
  if (isLikelyStatus && !held && (await talk.lookups.ticketsHere()).length > 0) return status(talk);
  if (await cancelsTheirs(talk)) return true;
  if (!held && talk.memory.touchedAt && talk.memory.misses === 0 && (await isReaction(talk))) return thank(talk);
  // 'Delete my data' is plain enough, whatever else it was taken to be like.
  const mayAsk = held !== 'own-data' && (!isAsked || isShort(talk));
  const right = mayAsk ? rightAsked(talk) : undefined;
  if (right) return exercise(talk, right);
  if (!held && tellMoreOfPrivacy(talk)) return true;
  if (!held && officeAsked(talk)) return false;
  const command = top && talk.heard.zone === 'act' ? COMMANDS[top.topic] : undefined;
  // 'As soon as possible', chosen of several, is no language.
  if (!command || !top || (isAsked && top.topic === 'switch_language' && isOffered(talk))) return false;
  if (top.topic === 'thanks' && isNoThanks(talk)) return false;
  if (top.topic === 'cancel' && !held && (await cancelsNothing(talk))) return false;
  const rest = top.topic === 'greet' ? await behindGreeting(talk) : top.topic === 'thanks' ? await besideThanks(talk) : null;
  if (rest) return (await commands(rest)) || rest;
  // 'What about the following day?' after opening hours is about these, however much it sounds like a request followed up.
  if (!held && ((await hoursLeaningOn(talk)) || (await asksOfAnotherDay(talk)))) return false;
  // 'Do I have to come in person?' after an answer is about that answer.
  if (!held && top.confidence < SURE && talk.memory.lastTopic) {
    const narrower = await talk.followUp(talk.memory.lastTopic);
    if (narrower?.detail && narrower.confidence >= LEANING) return false;
  }
  if (held && held !== 'choose' && (top.confidence < SURE || countWords(talk.text) > SHORT)) return false;
  // 'ok merci' and 'parfait' thank whoever was not asked anything, and answer whoever was.
  if (held && held !== 'choose' && COURTESIES.has(top.topic)) {
    // Nobody greets with a number: 'Paul Martin 3 rue Haute' is who asks, and where they live.
    if (/\d/.test(talk.text)) return false;
    const { yesNo, dates } = await talk.entities();
    // 'Hier' is a day, however much it sounds like a greeting.
    if (yesNo || dates.length > 0) return false;
  }
  // 'Actually not 3 days but a week' puts an answer right, however much it sounds like asking after one.
  if (held === 'form' && talk.means('correction') && !talk.means('gives-up') && GUESSED.has(top.topic)) return false;
  // 'Previous question' is like giving up, and is not: what a form holds is put away only where that is plainly said.
  if (held === 'choose' && top.topic === 'cancel' && !talk.means('gives-up')) return false;
  if (held === 'form' && top.topic === 'cancel' && !talk.means('gives-up') && asksToEnd(talk)) return true;
  return command(talk);
}

/** 'Let us go on with the bench': the question that waits. */
function askAgain(talk: Talk): boolean {
  repeatPending(talk, talk.memory.dialogs.at(-1));
  return true;
}

/** 'A pothole at 17 rue Nationale, call me on 06…' is a report, with a number to call. */
function isRequest({ heard, ...talk }: Talk): boolean {
  const [top] = heard.intents;
  return heard.zone === 'act' && top !== undefined && talk.topic(top.topic) !== undefined;
}

function isOffered({ text, memory }: Talk): boolean {
  return memory.offered.some(({ title, value }) => title === text || value === text);
}

function isShortQuestion({ text }: Talk): boolean {
  return countWords(text) <= SHORT_QUESTION;
}

/** 'Forget it, I want to report…': the steering word is followed first, then the rest is heard as if it had come alone. */
async function beside(talk: Talk, { topic, rest }: { topic: string; rest: string }): Promise<boolean | Talk> {
  const { memory } = talk;
  if (topic === 'switch_language') {
    const target = talk.languageMeant();
    if (target) await speak(talk, target);
  } else if (topic === 'cancel' && !(await isOfSent(talk))) {
    if (memory.dialogs.length > 0) putAway(talk);
  } else {
    await (topic === 'cancel' ? cancel(talk) : status(talk));
    const [request] = talk.heard.intents;
    // A reference, or a yes, is waited for: the other request has its turn after it.
    const held = memory.dialogs.at(-1)?.dialog;
    if (held === 'withdraw' && (await isOfTheirs(talk, rest))) return true;
    if ((held === 'status' || held === 'withdraw') && request && talk.topic(request.topic)) {
      wait(talk, { topic: request.topic, text: rest });
      return true;
    }
  }
  return talk.about(rest);
}

/** 'Not a person, please', and nothing else: nothing is begun. */
async function refusal(talk: Talk): Promise<boolean> {
  talk.say(talk.t(talk.memory.dialogs.length > 0 ? 'refused.held' : 'refused'));
  return true;
}

/** A language of the town asked for by name: alone, or in a message that is about the language to speak. */
function languageAsked(talk: Talk): string | undefined {
  const isAbout = talk.heard.intents.some(({ topic }) => topic === 'switch_language');
  if (!isAbout && countWords(talk.text) > SHORT_REQUEST) return undefined;
  return talk.languageMeant();
}

async function speak(talk: Talk, language: string): Promise<boolean> {
  talk.memory.language = language;
  talk.memory.languageFrom = 'asked';
  delete talk.memory.foreign;
  talk.say(talk.t('language.changed'));
  return true;
}

/** The question a person was offered for. */
function leftOpen(talk: Talk): { title: string; text: string; service: string | undefined } | undefined {
  const { unanswered, offered } = talk.memory;
  if (!unanswered || !offered.some(({ title }) => title === talk.t('person.ask'))) return undefined;
  const own = talk.topic(unanswered.topic);
  const topic = own ?? talk.town.unfiled.find(({ id }) => id === unanswered.topic);
  return topic && { title: talk.local(topic.title), text: unanswered.text, service: own?.service };
}

/** What a form held that is left for a person goes with it. */
async function person(talk: Talk): Promise<boolean> {
  const { memory } = talk;
  if (memory.dialogs.at(-1)?.dialog === 'person') return false;
  memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog === 'form' || dialog === 'danger');
  const held = memory.dialogs.findLast(({ dialog }) => dialog === 'form');
  const carried = held && carriedFromForm(talk, held.data);
  if (carried) memory.dialogs = memory.dialogs.filter((each) => each !== held);
  await begin(talk, 'person', { text: talk.text, carried, open: carried ? undefined : leftOpen(talk) });
  return true;
}

async function help(talk: Talk): Promise<boolean> {
  talk.say(talk.t('help.text', { authority: talk.local(talk.town.authority) }), {
    choices: ['welcome.report', 'welcome.question', 'welcome.status', 'person.ask'].map((id) => ({ title: talk.t(id) })),
  });
  return true;
}

/** What is asked for of one's own data. Both the verb and whose it is must be said: a photo alone, or another's, is for a person. */
function rightAsked(talk: Talk): Right | undefined {
  if (!talk.heard.intents.some(({ topic }) => topic === 'privacy_request') || !talk.means('my-data')) return undefined;
  if (talk.means('erase')) return 'erase';
  return talk.means('copy') ? 'export' : undefined;
}

async function exercise(talk: Talk, right: Right): Promise<boolean> {
  talk.memory.dialogs = talk.memory.dialogs.filter(({ dialog }) => dialog !== 'choose' && dialog !== 'own-data');
  await begin(talk, 'own-data', { right });
  return true;
}

/** Whoever asks is told what answers, whose it is and where the words go (AI Act art. 50(1)). */
async function tellWho(talk: Talk): Promise<boolean> {
  talk.say(talk.t('about-bot', { authority: talk.local(talk.town.authority), url: talk.town.privacy.url }), {
    choices: [{ title: talk.t('person.ask') }],
  });
  return true;
}

const saying =
  (sentence: string): Command =>
  async (talk) => {
    talk.say(talk.t(sentence, { authority: talk.local(talk.town.authority) }));
    return true;
  };

const COMMANDS: Record<string, Command> = {
  help,
  cancel,
  talk_to_human: person,
  ticket_status: status,
  greet: saying('greet'),
  bye: saying('bye'),
  thanks: thank,
  async switch_language(talk) {
    talk.say(talk.t('language.which', { languages: talk.languages() }));
    return true;
  },
  about_bot: tellWho,
  privacy_request: tellPrivacy,
};
