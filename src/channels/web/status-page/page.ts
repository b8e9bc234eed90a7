/**
 * Where a request stands, for whoever has its link: what it is about, the state, the days, and what comes next. Nothing of its
 * citizen: no words, name, contact, place or photo; and not what the service wrote, in which a name may stand, but that it did.
 */
import { escaped } from '../../../domain/http/html';
import { sentenceOf } from '../../../domain/language/sentences';
import { isLate } from '../../../domain/ticket/due';
import { isOpen } from '../../../domain/ticket/states';
import type { Ticket, TicketEvent } from '../../../domain/ticket/ticket';
import type { Town, Towns } from '../../../domain/town';
import { languageLinks } from '../pages/language';
import type { Page } from '../pages/page';

/** Steps that are shown, the last ones. */
const MOST_STEPS = 50;

const STEPS: Partial<Record<TicketEvent['kind'], string>> = {
  opened: 'page.step.opened',
  cancelled: 'status.state.withdrawn',
  reopened: 'page.step.reopened',
  merged: 'page.step.merged',
  attached: 'page.step.attached',
};

export interface Shown {
  towns: Towns;
  town: Town;
  ticket: Ticket;
  language: string;
  /** Others that the page can be read in. */
  others: string[];
  now: Date;
}

export function statusPage({ towns, town, ticket, language, others, now }: Shown): Page {
  const t = (id: string, fields?: Record<string, string | number>) => sentenceOf(towns, town.id, language, id, fields);
  const day = (at: string) => dayIn(t('format.intl'), t('format.first-day'), town.timeZone, at);
  const topic = towns.topic(town.id, ticket.topic);
  const title = topic?.title[language] ?? topic?.title[town.languages[0]] ?? ticket.title;
  const facts: Array<[string, string]> = [
    [t('page.state'), t(`status.state.${ticket.state}`)],
    [t('page.received'), day(ticket.openedAt)],
    [t('page.changed'), day(ticket.updatedAt)],
    [t('page.next'), nextOf(ticket, t, day, now)],
  ];
  const steps = ticket.history.flatMap((event) => {
    const text = stepOf(event, t);
    return text ? [`<li>${escaped(text)} <time datetime="${event.at}">${escaped(day(event.at))}</time></li>`] : [];
  });
  return {
    language,
    authority: town.authority[language] ?? town.authority[town.languages[0]] ?? town.name,
    heading: t('page.heading'),
    main: [
      `<p class="about"><strong>${escaped(title)}</strong> <span>${escaped(t('photo.reference', { reference: ticket.reference }))}</span></p>`,
      `<dl>${facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`,
      `<h2>${escaped(t('page.steps'))}</h2>`,
      `<ol>${steps.slice(-MOST_STEPS).join('')}</ol>`,
      `<p>${escaped(t('page.private'))}</p>`,
      ...languageLinks(others),
    ],
  };
}

type Say = (id: string, fields?: Record<string, string>) => string;

/** What the town hall or the citizen does now. */
function nextOf(ticket: Ticket, t: Say, day: (at: string) => string, now: Date): string {
  const next = t(`page.next.${ticket.state}`);
  const { due } = ticket;
  if (!isOpen(ticket) || !due || due.pausedAt) return next;
  return `${next} ${t(isLate(ticket, now) ? 'status.late' : 'status.due', { date: day(due.at) })}`;
}

function stepOf({ kind, isPublic, state, text, by }: TicketEvent, t: Say): string | null {
  if (!isPublic) return null;
  if (kind === 'state' && state) return t(`status.state.${state}`);
  if (kind === 'comment' && by === 'agent' && text) return t('page.step.comment');
  const id = STEPS[kind];
  return id ? t(id) : null;
}

/** '1er décembre 2026', in the town's time. */
function dayIn(tag: string, first: string, timeZone: string, at: string): string {
  return new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', timeZone })
    .formatToParts(new Date(at))
    .map(({ type, value }) => (type === 'day' && value === '1' ? first : value))
    .join('');
}
