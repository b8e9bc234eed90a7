/**
 * After somebody reported danger: the first line was what to do and whom to call. Until they say
 * that help is called, every further word gets more of the same advice, never a form. Whom to call
 * stays the same, and no sentence is said a third time.
 */

import { CALLS, type DangerKind } from '../domain/language/danger';
import { countWords } from '../domain/language/words';
import { pinOf } from '../domain/message/activity';
import type { TicketPlace } from '../domain/ticket/ticket';
import { type Dialog, isPhone, type Step, type Talk } from './dialog';

interface DangerData {
  danger: DangerKind;
  /** Sentences said, in order. */
  said: string[];
}

/** After so many further words that were no danger the citizen has said what they wanted: the talk is free again. */
const MOST_TIMES = 3;
const SHORT_WORDS = 3;
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
  const id = talk.memory.isMinor ? `danger.minor.${danger}` : `danger.${danger}`;
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
function goOn(talk: Talk, { danger, said }: DangerData): DangerData {
  const { isMinor } = talk.memory;
  const ids = isMinor
    ? ['danger.minor.more', 'danger.minor.stay', 'danger.minor.again']
    : [`danger.more.${danger}`, 'danger.stay', 'danger.again'];
  const timesOf = (id: string) => said.filter((one) => one === id).length;
  const [id] = ids.sort((one, other) => timesOf(one) - timesOf(other));
  say(talk, id!, danger);
  return { danger, said: [...said, id!] };
}

/** The first words of danger, or further ones: what to call does not change between two messages, unless nothing definite was known. */
export function hearDanger(talk: Talk, danger: DangerKind, held: object | null): DangerData {
  const before = held as DangerData | null;
  if (!before || (before.danger !== danger && (before.danger === 'general' || danger === 'self-harm'))) {
    advise(talk, danger);
    return { danger, said: before?.said ?? [] };
  }
  return goOn(talk, before);
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
    return { next: 'wait', data: hearDanger(talk, danger, null) };
  },
  async hear(talk, input) {
    const data = input as DangerData;
    const { danger, said } = data;
    const minor = talk.memory.isMinor ? 'minor.' : '';
    const wasAsked = said.at(-1)?.endsWith('stay') === true;
    if (talk.means('danger-what') || talk.means('help')) return { next: 'wait', data: goOn(talk, data) };
    const { yesNo } = await talk.entities();
    const { place } = await placeOfDanger(talk);
    // "I called, nobody answers": help is not called. "I'm not joking", "he left to get a knife": the danger is not over.
    const isUnanswered = talk.means('no-answer');
    const goesOn = isUnanswered || talk.means('danger-goes-on');
    if (!isUnanswered && (talk.means('help-called') || (wasAsked && yesNo === 'yes'))) {
      talk.act({ kind: 'alert', news: 'help-called', danger });
      const id = danger === 'self-harm' ? 'danger.called-self-harm' : `danger.${minor}called`;
      talk.say(talk.t(id, fieldsOf(talk, danger)));
      return QUIET;
    }
    if (danger !== 'self-harm' && !goesOn) {
      if (talk.means('danger-over')) {
        talk.act({ kind: 'alert', news: 'over', danger });
        say(talk, `danger.${minor}over`, danger);
        return QUIET;
      }
      if (talk.means('false-alarm') || (wasAsked && yesNo === 'no')) {
        talk.act({ kind: 'alert', news: 'false-alarm', danger });
        talk.say(talk.t('danger.false-alarm', fieldsOf(talk, danger)));
        return QUIET;
      }
    }
    const [top] = talk.heard.intents;
    if (!goesOn && talk.heard.zone === 'act' && top && top.confidence > 0.8 && top.topic !== 'emergency')
      return { next: 'not-mine' };
    if (place) talk.act({ kind: 'alert', news: 'place', danger, place });
    if (place && danger !== 'self-harm') talk.say(talk.t('danger.place', { place: place.text }));
    const next = isShort(talk) && place ? data : goOn(talk, data);
    return next.said.length > MOST_TIMES ? { next: 'done' } : { next: 'wait', data: next };
  },
  askAgain() {
    // A citizen in danger who asked something else has left it behind: nothing is pressed on them.
  },
};

function isShort({ text }: Talk): boolean {
  return countWords(text) <= SHORT_WORDS && !text.includes('?');
}
