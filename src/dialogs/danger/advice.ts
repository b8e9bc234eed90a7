/**
 * What is said in danger: what to do and whom to call, with the town's own numbers; then more of the same advice. Whom to
 * call stays the same, and no sentence is said a third time.
 */

import type { PastDanger } from '../../domain/conversation';
import { CALLS, type DangerKind, type EmergencyNumbers, needsOthers } from '../../domain/language/danger';
import { isPhone, type Talk } from '../dialog';

export interface DangerData {
  danger: DangerKind;
  /** Sentences said, in order. */
  said: string[];
  /** How often the first advice was given. */
  advised: number;
  /** Other kinds, whose first advice was given too. */
  also?: DangerKind[];
}

/** No sentence is said more often. */
export const MOST_SAID = 2;

/** After so many further words that were no danger the citizen has said what they wanted: the talk is free again. */
export const MOST_TIMES = 3;
/** Whoever lives with it is not asked about false alarms: they are told that they can go on writing. */
export const LISTENED: ReadonlySet<DangerKind> = new Set(['self-harm', 'child-abuse', 'domestic-violence']);
/** Where speaking may be dangerous, the number for text messages is named with the others. */
const SILENTLY: ReadonlySet<DangerKind> = new Set(['violence', 'domestic-violence', 'child-abuse']);
/** Their advice names the number for text messages itself, or a text message would not help. */
const WITHOUT_SMS: ReadonlySet<DangerKind> = new Set(['self-harm', 'violence', 'domestic-violence', 'child-abuse']);

/** Where it is only suspected, these have a sentence of their own; its numbers are those of the kind beside it. */
const UNSURE: Partial<Record<DangerKind, [sentence: string, numbersOf: DangerKind]>> = {
  'self-harm': ['danger.unsure-self-harm', 'self-harm'],
  'domestic-violence': ['danger.unsure-hurt', 'domestic-violence'],
  'child-abuse': ['danger.unsure-hurt', 'child-abuse'],
};

/** Says the sentence of danger, in the words for a child where a child writes, with whom to call as buttons. */
export function say(talk: Talk, id: string, danger: DangerKind, fields: Record<string, string> = {}): void {
  talk.say(talk.t(id, { ...fieldsOf(talk, danger), ...fields }), { calls: numbersOf(talk, danger) });
}

function numbersOf(talk: Talk, danger: DangerKind): string[] {
  // A child who sees it at home has a line of its own.
  const own = (name: keyof EmergencyNumbers) => (talk.memory.isMinor && name === 'domesticViolence' ? 'childAbuse' : name);
  return CALLS[danger].flatMap((name) => talk.town.emergency[own(name)] ?? []);
}

export function fieldsOf(talk: Talk, danger: DangerKind): Record<string, string> {
  const listed = numbersOf(talk, danger).map((number) => talk.t('danger.number', { number }));
  // Whoever is near the one who hits may not be able to speak.
  if (SILENTLY.has(danger)) listed.push(talk.t('danger.number-sms', { number: talk.town.emergency.bySms }));
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
  const times = memory.unsureTimes ?? 0;
  memory.unsureTimes = times + 1;
  if (times < 2) say(talk, ...(UNSURE[danger] ?? ['danger.unsure', 'general']));
  else if (times < 4) say(talk, 'danger.unsure-short', 'general');
}

/** More of the advice: what has been said least, and nothing a third time while anything is left. */
export function goOn(talk: Talk, data: DangerData): DangerData {
  const { danger, said } = data;
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
  return { ...data, said: [...said, id!] };
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
    return { danger, said: before?.said ?? [], advised: advised + 1, also: before?.also };
  }
  // He bleeds now, the house burns too: those who were called first do not come for that.
  const known = [before.danger, ...(before.also ?? [])];
  if (known.every((kind) => kind !== danger && needsOthers(kind, danger))) {
    advise(talk, danger);
    // Whoever thinks of dying is listened to as such all the same.
    return before.danger === 'self-harm'
      ? { ...before, also: [...known, danger] }
      : { danger, said: before.said, advised: 1, also: known };
  }
  return goOn(talk, before);
}

/** Whoever thinks of dying has taken something, or is hurt: now it is an emergency too. */
export function tellTaken(talk: Talk, data: DangerData): DangerData {
  const { danger, said } = data;
  const id = talk.memory.isMinor ? 'danger.minor.taken' : 'danger.taken';
  if (said.includes(id)) return goOn(talk, data);
  say(talk, id, danger);
  return { ...data, said: [...said, id] };
}

/** Stays, and asks whether it was a false alarm; whoever lives with it is not asked. */
export function askWhether(talk: Talk, data: DangerData): DangerData {
  const { danger, said } = data;
  const id = `danger.${talk.memory.isMinor ? 'minor.' : ''}stay`;
  if (LISTENED.has(danger) || said.includes(id)) return goOn(talk, data);
  say(talk, id, danger);
  return { ...data, said: [...said, id] };
}

/** The first advice again, or more of it. */
export function adviseAgain(talk: Talk, data: DangerData): DangerData {
  if (data.advised >= MOST_SAID) return goOn(talk, data);
  advise(talk, data.danger);
  return { ...data, advised: data.advised + 1 };
}
