/**
 * Being called back at a time of one's own: the times of the service that are free, read from words like 'Monday morning'
 * or chosen from a few. Whoever asks for none leaves a message as before.
 */
import { SLOT } from '../domain/ticket/call-back';
import type { Field } from '../domain/topic/topic';
import type { Service } from '../domain/town';
import type { Talk } from './dialog';
import type { Answer } from './form/form-data';

/** The choice of no time in particular. */
const SOON = 'other';
/** Times that are offered: the first of as many half-days. */
const MOST_OFFERED = 5;
const NOON = 12;
const DAY = 24 * 3600_000;

interface Time {
  /** ISO, UTC. */
  at: string;
  date: string;
  time: string;
}

/** Free times, in the town's time. */
async function freeTimes(talk: Talk, service: Service): Promise<Time[]> {
  const free = await talk.lookups.callbackTimes(service.id);
  return free.map((at) => ({ at, ...talk.calendar.local(talk.town, new Date(at)) }));
}

/** The question when, with a few of the times; null where nobody is called back. */
export async function slotField(talk: Talk, service: Service): Promise<Field | null> {
  const offered = firstOfHalfDays(await freeTimes(talk, service));
  if (offered.length === 0) return null;
  const label = (words: string) => Object.fromEntries(talk.town.languages.map((language) => [language, words]));
  return {
    id: SLOT,
    kind: 'choice',
    required: true,
    label: talk.inEach('person.slot.label'),
    ask: talk.inEach('person.slot.ask'),
    choices: [
      ...offered.map((time) => ({ id: time.at, label: label(inWords(talk, time)) })),
      { id: SOON, label: talk.inEach('person.slot.soon') },
    ],
  };
}

function firstOfHalfDays(all: Time[]): Time[] {
  const firsts = new Map<string, Time>();
  for (const time of all) {
    const half = `${time.date} ${hourOf(time) < NOON ? 'am' : 'pm'}`;
    if (!firsts.has(half)) firsts.set(half, time);
  }
  return [...firsts.values()].slice(0, MOST_OFFERED);
}

export interface SlotMeant {
  answer: Answer;
  isExact: boolean;
  /** The service is closed on the day that was asked for. */
  isClosed: boolean;
}

/** The time that the words ask for, or the nearest that is free after it; null where they name no day. */
export async function slotMeant(talk: Talk, service: Service): Promise<SlotMeant | null> {
  const { dates } = await talk.entities(undefined, 'ahead');
  const [said] = dates;
  if (!said) return null;
  const [date = '', from = ''] = said.value.split('T');
  const until = said.until?.split('T');
  const isHalf = from === '' ? halfMeant(talk) : () => true;
  const fits = (time: Time) =>
    time.date === date && time.time >= from && (until?.[0] !== date || !until[1] || time.time < until[1]) && isHalf(time);
  const free = await freeTimes(talk, service);
  const exact = free.find(fits);
  const time = exact ?? free.find((each) => each.date >= date && (each.date > date || each.time >= from)) ?? free[0];
  if (!time) return null;
  const isClosed = !exact && isClosedOn(talk, service, date);
  return { answer: { text: inWords(talk, time), value: time.at }, isExact: exact !== undefined, isClosed };
}

/** Nobody is there on the whole of the day: no time of it is only taken. */
function isClosedOn(talk: Talk, service: Service, date: string): boolean {
  const noon = Date.parse(`${date}T12:00:00Z`);
  if (Number.isNaN(noon)) return false;
  const around = talk.calendar.openings(talk.town, service, new Date(noon - DAY), new Date(noon + DAY));
  return !around.some(({ from }) => talk.calendar.local(talk.town, from).date === date);
}

/** 'In the morning', where no hour is said. */
function halfMeant(talk: Talk): (time: Time) => boolean {
  if (talk.means('morning')) return (time) => hourOf(time) < NOON;
  return talk.means('afternoon') ? (time) => hourOf(time) >= NOON : () => true;
}

const hourOf = ({ time }: Time) => Number(time.slice(0, 2));

function inWords(talk: Talk, { date, time }: Time): string {
  return talk.wording.when(date, time);
}

/** The time that was chosen (ISO), if one was. */
export function chosenSlot(answer: Answer | undefined): string | undefined {
  return typeof answer?.value === 'string' && answer.value !== SOON ? answer.value : undefined;
}
