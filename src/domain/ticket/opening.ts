/**
 * A request that another program opens, for the API and for Open311: its answers are read by the topic's own form, its
 * place must be the town's, and what is written down is what the bot would have written, under an id derived from the call.
 */
import { createHash } from 'node:crypto';
import { forwardAtOnce } from '../forwarding/forwarding';
import { isWithin } from '../geography';
import { routeOf } from '../land/route';
import { sectorOf } from '../land/sector';
import { maskNumbers } from '../language/mask';
import type { Field, Topic } from '../topic/topic';
import type { Calendar, Town } from '../town';
import { delayOf, dueOf } from './due';
import type { Faults, OpeningFault } from './opening-faults';
import { createReference, type Ticket, type TicketAnswer, type TicketPlace } from './ticket';
import { isUrgent } from './urgency';

const LONGEST_ANSWER = 1000;
const LONGEST_WORDS = 4000;

export interface Report {
  topic: Topic;
  /** By the id of the form's field, as text: a date as YYYY-MM-DD, yes or no, a choice by its id. */
  answers: ReadonlyMap<string, string>;
  place?: { text?: string; latitude?: number; longitude?: number };
  contact?: { kind: 'phone' | 'email'; value: string };
  /** Facts beside the form, with their labels. */
  more?: TicketAnswer[];
  words: string;
}

/** Questions of a topic that another program answers as attributes; place, contact and photos come by names of their own. */
export function attributesOf({ form = [] }: Topic): Field[] {
  return form.filter(({ kind }) => kind !== 'place' && kind !== 'contact' && kind !== 'file');
}

/** `id`: the same for the same call, so that a second sending opens nothing. */
export function draftFrom(
  report: Report,
  town: Town,
  source: { id: string; channel: string; key: string },
  { now, calendar }: { now: Date; calendar: Calendar },
): Ticket | Faults {
  const { topic, place, contact, more = [], words } = report;
  const language = town.languages[0] ?? 'fr';
  const faults: Faults = [];
  const answers = readAnswers(topic, report.answers, language, faults);
  const found = place && readPlace(place, town, faults);
  if (topic.form?.some(({ kind, required }) => kind === 'place' && required) && !found && faults.length === 0)
    faults.push({ field: 'place', code: 'needs-place' });
  if (faults.length > 0) return faults;
  const reference = createReference(createHash('sha256').update(source.id).digest());
  const at = now.toISOString();
  const sector = sectorOf(town, found)?.id;
  const serviceOf = (id: string) => town.services.find((one) => one.id === id);
  const isOpen = (id: string) => {
    const service = serviceOf(id);
    return service !== undefined && calendar.at(town, service, now).isOpen;
  };
  const { service, agent } = routeOf(town, topic, sector, isOpen);
  const worker = serviceOf(service);
  const due = worker && dueOf(calendar, town, worker, now, delayOf(topic));
  const state = agent ? 'assigned' : 'new';
  const forward = forwardAtOnce(town, topic, answers, now);
  const said = [words, ...answers.map(({ text }) => text), found?.text ?? ''];
  const event = { id: source.id, at, by: 'citizen', kind: 'opened', state, isPublic: true } as const;
  return {
    ...{ id: source.id, town: town.id, reference, state, topic: topic.id, service },
    ...(sector ? { sector } : {}),
    ...(agent ? { agent } : {}),
    ...(due ? { due } : {}),
    ...(forward ? { forward } : {}),
    title: topic.title[language] ?? topic.id,
    priority: isUrgent(town, topic, said, found) ? 'high' : 'normal',
    answers: [...answers, ...more.map((one) => ({ ...one, text: maskNumbers(one.text) }))],
    ...(found ? { place: found } : {}),
    files: [],
    ...(contact ? { contact } : {}),
    language,
    words: maskNumbers(words).slice(0, LONGEST_WORDS),
    ...(topic.delayDays === undefined ? {} : { delayDays: topic.delayDays }),
    // Nobody is talked to: its program asks what became of it.
    ...{ conversation: `${source.channel}:${source.id}`, channel: source.channel, address: source.key },
    ...{ history: [event], revision: 0, openedAt: at, updatedAt: at },
  };
}

function readAnswers(topic: Topic, given: ReadonlyMap<string, string>, language: string, faults: Faults): TicketAnswer[] {
  const fields = attributesOf(topic);
  const known = new Set(fields.map(({ id }) => id));
  for (const field of given.keys()) if (!known.has(field)) faults.push({ field, code: 'no-question' });
  const answers: TicketAnswer[] = [];
  for (const field of fields) {
    const typed = given.get(field.id)?.trim() ?? '';
    if (typed === '') {
      if (field.required && isAsked(field, answers)) faults.push({ field: field.id, code: 'required' });
      continue;
    }
    if (!isAsked(field, answers)) continue;
    const read = readAnswer(field, typed, language);
    if ('code' in read) faults.push({ field: field.id, ...read });
    else answers.push({ field: field.id, label: field.label[language] ?? field.id, ...read });
  }
  return answers;
}

function isAsked({ when }: Field, answers: TicketAnswer[]): boolean {
  if (!when) return true;
  const value = answers.find(({ field }) => field === when.field)?.value;
  const word = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
  return typeof word === 'string' && when.is.includes(word);
}

/** The answer, or why it is none. */
function readAnswer(field: Field, typed: string, language: string): Pick<TicketAnswer, 'text' | 'value'> | OpeningFault {
  switch (field.kind) {
    case 'choice': {
      const choice = field.choices?.find(({ id }) => id === typed);
      return choice
        ? { text: choice.label[language] ?? choice.id, value: choice.id }
        : { code: 'one-of', more: field.choices?.map(({ id }) => id).join(', ') };
    }
    case 'yes-no': {
      if (!/^(yes|no|true|false|1|0)$/i.test(typed)) return { code: 'yes-no' };
      const value = /^(yes|true|1)$/i.test(typed);
      return { text: value ? '✓' : '✗', value };
    }
    case 'number': {
      const value = Number(typed.replace(',', '.'));
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = field;
      return Number.isFinite(value) && value >= min && value <= max ? { text: String(value), value } : { code: 'bounds' };
    }
    case 'date': {
      const [, date = ''] = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.+\-Z]{0,30})?$/.exec(typed) ?? [];
      return Number.isNaN(Date.parse(date)) ? { code: 'date' } : { text: date, value: date };
    }
    default:
      if (typed.length > LONGEST_ANSWER) return { code: 'long', more: String(LONGEST_ANSWER) };
      return { text: maskNumbers(typed), value: maskNumbers(typed) };
  }
}

function readPlace(
  { text = '', latitude, longitude }: NonNullable<Report['place']>,
  town: Town,
  faults: Faults,
): TicketPlace | undefined {
  const words = text.trim().slice(0, 200);
  if (latitude === undefined || longitude === undefined) return words === '' ? undefined : { text: words, precision: 'text' };
  if (town.boundary.length > 0 && !isWithin({ latitude, longitude }, town.boundary)) {
    faults.push({ field: 'place', code: 'outside' });
    return undefined;
  }
  return { text: words || `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`, latitude, longitude, precision: 'pin' };
}
