/**
 * 'This one, 15 m away, since this morning?': what is being reported may be known already. Yes makes the citizen a follower, who
 * hears what becomes of it; no goes on with the form. Who made the first report is never shown.
 */
import { type Alike, alikeOf } from '../../domain/ticket/alike';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Topic } from '../../domain/topic/topic';
import type { Dialog, Talk } from '../dialog';
import { isAsked, keepWords } from '../form/details';
import type { FormData } from '../form/form-data';
import { theirs } from './theirs';

/** Where a topic says nothing of it, only what the town hall declared is known. */
const NEVER = { metres: -1, days: 0 };

interface SameData {
  reference: string;
  title: string;
  place: string;
  metres?: number;
  openedAt: string;
  /** Declared by the town hall: how many it concerns, and when there is news. */
  incident?: { count: number; next?: string };
}

export const same: Dialog = {
  name: 'same',
  async begin(talk, input) {
    ask(talk, input as SameData);
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const { reference, title, place } = input as SameData;
    const { yesNo } = await talk.entities();
    const { dialogs } = talk.memory;
    const held = dialogs.at(-2);
    if (held?.dialog !== 'form' || (!yesNo && isAsked(talk))) return { next: 'not-mine' };
    const form = held.data as unknown as FormData;
    if (!yesNo) {
      // 'Light brown', of the water: a detail of what is being reported.
      if (await keepWords(talk, form)) talk.say(talk.t('form.noted'));
      ask(talk, input as SameData);
      return { next: 'wait', data: input };
    }
    if (yesNo === 'no') {
      form.neighbour = reference;
      return { next: 'done' };
    }
    dialogs.splice(-2, 1);
    const files = Object.values(form.answers).flatMap(({ value }) => (isFiles(value) ? value : []));
    const words = [form.words, ...form.said].filter(Boolean).join('\n');
    talk.act({ kind: 'followTicket', reference, words });
    if (files.length > 0) talk.act({ kind: 'updateTicket', reference, change: { kind: 'attach', files } });
    talk.say(talk.t('same.followed', { title, place }));
    return { next: 'done' };
  },
  askAgain(talk, input) {
    ask(talk, input as SameData);
  },
};

function isFiles(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function ask(talk: Talk, { title, place, metres = 0, openedAt, incident }: SameData): void {
  const choices = [{ title: talk.t('yes') }, { title: talk.t('no') }];
  if (incident) {
    const news = incident.next ? ` ${talk.t('same.next', { when: incident.next })}` : '';
    talk.say(`${talk.t('same.known', { title, count: incident.count })}${news} ${talk.t('same.tell-me')}`, { choices });
  } else if (metres <= 5) talk.say(talk.t('same.ask-here', { title, place, day: talk.day(openedAt) }), { choices });
  else talk.say(talk.t('same.ask', { title, place, metres, day: talk.day(openedAt) }), { choices });
}

/** What is known already of what a form is about, once it says where; null when nothing is, or it was asked before. */
export async function knownIncident(talk: Talk, topic: Topic, data: FormData): Promise<SameData | null> {
  const field = topic.form?.find(({ kind }) => kind === 'place');
  const answer = field && data.answers[field.id];
  const place = answer?.value as TicketPlace | undefined;
  if (data.made || !place || data.partial || data.askedFor === place.text) return null;
  data.askedFor = place.text;
  const open = await talk.lookups.openOf(topic.id);
  const alike =
    open.length > 0
      ? alikeOf(open, { place, words: data.words, within: topic.oneIncident ?? NEVER, now: talk.lookups.now })
      : null;
  if (!alike) return null;
  const isOwn = (await theirs(talk)).some(({ reference }) => reference === alike.ticket.reference);
  return isOwn ? null : about(talk, topic, alike);
}

async function about(talk: Talk, topic: Topic, { ticket, metres }: Alike): Promise<SameData> {
  const { reference, place, openedAt, incident } = ticket;
  const known = incident && { count: 1 + (await talk.lookups.followers(reference)), next: incident.next };
  // Of a place that was told in words, the words may be anybody's.
  const shown = place?.precision === 'number' || place?.precision === 'landmark' ? place.text : '';
  return { reference, title: talk.local(topic.title), place: shown, metres, openedAt, ...(known ? { incident: known } : {}) };
}
