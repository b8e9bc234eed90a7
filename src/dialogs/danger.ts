/**
 * After somebody reported danger: the first line was what to do and whom to call. Until they say
 * that help is called, every further word gets more of the same advice, never a form. Whom to call
 * stays the same, and no sentence is said a third time.
 */

import type { PastDanger } from '../domain/conversation';
import { CALLS, type DangerKind } from '../domain/language/danger';
import { countWords } from '../domain/language/words';
import { pinOf } from '../domain/message/activity';
import type { TicketPlace } from '../domain/ticket/ticket';
import { type Dialog, isPhone, type Step, type Talk } from './dialog';

interface DangerData {
  danger: DangerKind;
  /** Sentences said, in order. */
  said: string[];
  /** How often the first advice was given. */
  advised: number;
}

/** No sentence is said more often. */
const MOST_SAID = 2;

/** After so many further words that were no danger the citizen has said what they wanted: the talk is free again. */
const MOST_TIMES = 3;
const SHORT_WORDS = 3;
/** After the talk of danger has ended so many further messages, soon enough, may still be about it. */
const MOST_AFTER = 4;
const SOON = 30 * 60_000;
/** From so much on what is said is surely about something else. */
const SURELY = 0.8;
/** Whoever lives with it is not asked about false alarms: they are told that they can go on writing. */
const LISTENED: ReadonlySet<DangerKind> = new Set(['self-harm', 'child-abuse', 'domestic-violence']);
/** Their advice names the number for text messages itself, or a text message would not help. */
const WITHOUT_SMS: ReadonlySet<DangerKind> = new Set(['self-harm', 'violence', 'domestic-violence', 'child-abuse']);
const QUIET: Step = { next: 'done', isQuiet: true };

/** Says the sentence of danger, in the words for a child where a child writes, with whom to call as buttons. */
function say(talk: Talk, id: string, danger: DangerKind, fields: Record<string, string> = {}): void {
  talk.say(talk.t(id, { ...fieldsOf(talk, danger), ...fields }), { calls: numbersOf(talk, danger) });
}

function numbersOf(talk: Talk, danger: DangerKind): string[] {
  return CALLS[danger].flatMap((name) => talk.town.emergency[name] ?? []);
}

function fieldsOf(talk: Talk, danger: DangerKind): Record<string, string> {
  const listed = numbersOf(talk, danger).map((number) => talk.t('danger.number', { number }));
  const numbers = new Intl.ListFormat(talk.spokenLanguage, { type: 'disjunction' }).format(listed);
  return { ...(talk.town.emergency as unknown as Record<string, string>), numbers };
}

/** What to do first, with the town's own numbers. */
function advise(talk: Talk, danger: DangerKind): void {
  const { advice, danger: heard } = talk.heard;
  const kind = advice && heard === danger ? advice : danger;
  const id = talk.memory.isMinor ? `danger.minor.${danger}` : `danger.${kind}`;
  const silent =
    isPhone(talk) && !WITHOUT_SMS.has(danger) ? `\n${talk.t('danger.by-sms', { bySms: talk.town.emergency.bySms })}` : '';
  const canAsk = danger === 'self-harm' && !isPhone(talk) && !talk.memory.isMinor;
  talk.say(`${talk.t(id, fieldsOf(talk, danger))}${silent}`, {
    calls: numbersOf(talk, danger),
    choices: canAsk ? [{ title: talk.t('person.ask') }] : [],
  });
}

/** Somebody may be in danger: said before anything else is answered; twice, then shorter, then no more. */
export function adviseInCase(talk: Talk, danger: DangerKind): void {
  const { memory } = talk;
  const id = danger === 'self-harm' ? 'danger.unsure-self-harm' : 'danger.unsure';
  const times = memory.unsureTimes ?? 0;
  memory.unsureTimes = times + 1;
  if (times < 2) say(talk, id, danger === 'self-harm' ? danger : 'general');
  else if (times < 4) say(talk, 'danger.unsure-short', 'general');
}

/** More of the advice: what has been said least, and nothing a third time while anything is left. */
function goOn(talk: Talk, { danger, said, advised }: DangerData): DangerData {
  const { isMinor } = talk.memory;
  const staying = LISTENED.has(danger) ? 'listen' : 'stay';
  const ids = isMinor
    ? ['danger.minor.more', `danger.minor.${staying}`, 'danger.minor.again']
    : [`danger.more.${danger}`, `danger.${staying}`, 'danger.again'];
  // In a language with few sentences the first advice stands for all that could be added: it has been said once.
  const isFirstAgain = !talk.town.languages.includes(talk.spokenLanguage) && danger !== 'self-harm';
  const timesOf = (id: string) => {
    const times = said.filter((one) => one === id).length;
    return isFirstAgain && times > 0 && id === ids[0] ? MOST_TIMES : times;
  };
  const [id] = ids.toSorted((one, other) => timesOf(one) - timesOf(other));
  say(talk, id!, danger);
  return { danger, said: [...said, id!], advised };
}

/**
 * The first words of danger, or further ones: what to call does not change between two messages, unless nothing definite was known.
 * @param past a danger that was told as over a while ago.
 */
export function hearDanger(talk: Talk, danger: DangerKind, held: object | null, past: PastDanger | null): DangerData {
  const before = held as DangerData | null;
  const advised = past?.danger === danger ? past.advised : 0;
  if (!before && advised >= MOST_SAID) return goOn(talk, { danger, said: [], advised });
  if (before?.danger === 'self-harm' && (danger === 'poison' || danger === 'medical' || talk.means('danger-taken')))
    return tellTaken(talk, before);
  if (!before || (before.danger !== danger && (before.danger === 'general' || danger === 'self-harm'))) {
    advise(talk, danger);
    return { danger, said: before?.said ?? [], advised: advised + 1 };
  }
  return goOn(talk, before);
}

/** Whoever thinks of dying has taken something, or is hurt: now it is an emergency too. */
function tellTaken(talk: Talk, { danger, said, advised }: DangerData): DangerData {
  const id = talk.memory.isMinor ? 'danger.minor.taken' : 'danger.taken';
  if (said.includes(id)) return goOn(talk, { danger, said, advised });
  say(talk, id, danger);
  return { danger, said: [...said, id], advised };
}

/** Where it is, as far as this message says: put onto the alert. A position counts wherever it lies. */
export async function placeOfDanger(talk: Talk): Promise<{ place?: TicketPlace }> {
  const pin = pinOf(talk.activity);
  if (pin) {
    const { latitude, longitude } = pin.geo;
    const text = talk.nearest(pin.geo)?.text ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
    return { place: { text, precision: 'pin', latitude, longitude } };
  }
  const { place } = await talk.entities();
  return place ? { place: { text: place.text, precision: place.precision, ...place.point } } : {};
}

export const danger: Dialog = {
  name: 'danger',
  async begin(talk, input) {
    const { danger } = input as { danger: DangerKind };
    return { next: 'wait', data: hearDanger(talk, danger, null, null) };
  },
  async hear(talk, input) {
    const data = input as DangerData;
    const { danger, said } = data;
    const last = said.at(-1);
    const wasAsked = last?.endsWith('stay') === true;
    const wasAskedToTell = wasAsked || last?.endsWith('listen') === true;
    if (talk.means('danger-what') || talk.means('help') || asksForHelp(talk)) return { next: 'wait', data: goOn(talk, data) };
    if (danger === 'self-harm' && talk.means('danger-taken')) return { next: 'wait', data: tellTaken(talk, data) };
    const { yesNo } = await talk.entities();
    const { place } = await placeOfDanger(talk);
    // "I called, nobody answers": help is not called. "I'm not joking", "he left to get a knife": the danger is not over.
    const isUnanswered = talk.means('no-answer');
    const goesOn = isUnanswered || talk.means('danger-goes-on');
    if (!isUnanswered && (talk.means('help-called') || (wasAskedToTell && yesNo === 'yes'))) {
      sayCalled(talk, danger);
      return end(talk, data);
    }
    if (danger !== 'self-harm' && !goesOn) {
      if (talk.means('danger-over')) {
        sayOver(talk, danger);
        return end(talk, data);
      }
      if (talk.means('false-alarm') || (wasAsked && yesNo === 'no')) {
        talk.act({ kind: 'alert', news: 'false-alarm', danger });
        talk.say(talk.t('danger.false-alarm', fieldsOf(talk, danger)));
        return QUIET;
      }
    }
    const [top] = talk.heard.intents;
    if (!goesOn && talk.heard.zone === 'act' && top && top.confidence > SURELY && top.topic !== 'emergency')
      return { next: 'not-mine' };
    if (place) talk.act({ kind: 'alert', news: 'place', danger, place });
    if (place && danger !== 'self-harm') talk.say(talk.t('danger.place', { place: place.text }));
    const next = isShort(talk) && place ? data : goOn(talk, data);
    if (next.said.length <= MOST_TIMES) return { next: 'wait', data: next };
    remember(talk, next);
    return { next: 'done' };
  },
  askAgain() {
    // A citizen in danger who asked something else has left it behind: nothing is pressed on them.
  },
};

/** Help has been called: the alert says so, and the citizen is thanked. */
function sayCalled(talk: Talk, danger: DangerKind): void {
  talk.act({ kind: 'alert', news: 'help-called', danger });
  const minor = talk.memory.isMinor ? 'minor.' : '';
  const id = danger === 'self-harm' ? 'danger.called-self-harm' : `danger.${minor}called`;
  talk.say(talk.t(id, fieldsOf(talk, danger)));
}

function sayOver(talk: Talk, danger: DangerKind): void {
  talk.act({ kind: 'alert', news: 'over', danger });
  say(talk, `danger.${talk.memory.isMinor ? 'minor.' : ''}over`, danger);
}

function end(talk: Talk, data: DangerData): Step {
  remember(talk, data);
  return QUIET;
}

function remember({ memory, lookups }: Talk, { danger, advised }: DangerData): void {
  memory.pastDanger = { danger, advised, left: MOST_AFTER, at: lookups.now.toISOString() };
}

/** Takes one of the further messages that may still be about a danger; it is null where none was, or it is long ago. */
export function recallDanger({ memory, lookups }: Talk): PastDanger | null {
  const { pastDanger: past } = memory;
  if (!past) return null;
  const isRecent = past.left > 0 && lookups.now.getTime() - Date.parse(past.at) < SOON;
  memory.pastDanger = isRecent ? { ...past, left: past.left - 1 } : undefined;
  return isRecent ? past : null;
}

/** "He is coming back", once it was told as over. Whoever was missing and is back is safe. */
export function beginsAgain(talk: Talk, { danger }: PastDanger): boolean {
  return (
    danger !== 'missing' && danger !== 'self-harm' && talk.means('danger-again') && !talk.text.includes('?') && !isRequest(talk)
  );
}

/** Whether somebody who thinks of dying is being talked with, or was just now. */
export function thinksOfDying({ memory, lookups }: Talk): boolean {
  const past = memory.pastDanger;
  if (past?.danger === 'self-harm' && lookups.now.getTime() - Date.parse(past.at) < SOON) return true;
  return memory.dialogs.some(({ dialog, data }) => dialog === 'danger' && data.danger === 'self-harm');
}

/** "They are on their way", "it is out now", said after the talk of danger has ended: not the answer to any other question. */
export function hearAfterwards(talk: Talk, { danger }: PastDanger): boolean {
  if (isRequest(talk) || talk.means('no-answer')) return false;
  if (talk.means('help-called')) sayCalled(talk, danger);
  else if (danger !== 'self-harm' && talk.means('danger-over')) sayOver(talk, danger);
  else return false;
  return true;
}

function isRequest({ heard, topic }: Talk): boolean {
  const [top] = heard.intents;
  return heard.zone === 'act' && top !== undefined && top.confidence > SURELY && topic(top.topic) !== undefined;
}

/** "I cannot swim" sounds like asking what the assistant can do; in danger it asks for help. */
function asksForHelp({ heard }: Talk): boolean {
  return heard.zone === 'act' && heard.intents[0]?.topic === 'help';
}

function isShort({ text }: Talk): boolean {
  return countWords(text) <= SHORT_WORDS && !text.includes('?');
}
