/**
 * What the page behind a photo link says, in each case: in the language of the request, or, where the link
 * tells nothing, in the browser's. Whether a link is forged or its request unknown is answered alike.
 */
import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../../../domain/http/refusal';
import { sentenceOf } from '../../../domain/language/sentences';
import { MOST_PHOTOS } from '../../../domain/message/photo';
import type { Ticket } from '../../../domain/ticket/ticket';
import type { Town, Towns } from '../../../domain/town';
import type { RefusedMedia } from '../../media';
import type { PhotoPage } from './page';

const AGAIN_SECONDS = 5;

/** The request that a link opens, and how to speak to who follows it. */
export interface Opened {
  code: string;
  town: Town;
  ticket: Ticket;
  /** The request's title in that language. */
  title: string;
  language: string;
  t: (sentence: string) => string;
}

export interface Answered {
  status: number;
  page: PhotoPage;
  retryAfterSeconds?: number;
}

const MEDIA: Record<RefusedMedia, [status: number, sentence: string]> = {
  empty: [400, 'photo.none'],
  'too-large': [413, 'media.too-large'],
  'too-many-pixels': [413, 'media.too-many-pixels'],
  heic: [415, 'media.heic'],
  'not-allowed': [415, 'media.refused'],
  damaged: [400, 'media.damaged'],
};

export function openedFor(towns: Towns, town: Town, ticket: Ticket, code: string): Opened {
  const language = town.languages.includes(ticket.language) ? ticket.language : town.languages[0];
  const fields = { reference: ticket.reference, most: MOST_PHOTOS };
  const title = towns.topic(town.id, ticket.topic)?.title[language] ?? ticket.title;
  return { code, town, ticket, title, language, t: (sentence) => sentenceOf(towns, town.id, language, sentence, fields) };
}

export function asking(opened: Opened): Answered {
  return pageOf(opened, 200, { heading: opened.t('photo.heading'), form: formOf(opened) });
}

export function received(opened: Opened): Answered {
  const link = { text: opened.t('photo.another'), to: `./${opened.code}` };
  return pageOf(opened, 200, { heading: opened.t('photo.received'), lines: [opened.t('photo.thanks')], link });
}

export function ended(opened: Opened): Answered {
  const lines = [opened.t('photo.ended-why'), opened.t('photo.instead')];
  return pageOf(opened, 410, { heading: opened.t('photo.ended'), lines });
}

export function refused(opened: Opened, why: 'closed' | 'full'): Answered {
  const lines = [opened.t(`photo.${why}`), opened.t('photo.instead')];
  return pageOf(opened, why === 'closed' ? 410 : 409, { heading: opened.t('photo.heading'), lines });
}

export function unreadable(opened: Opened, reason: RefusedMedia): Answered {
  return again(opened, ...MEDIA[reason]);
}

/** Why an upload did not arrive. */
export function notReceived(opened: Opened, { refused: status, more }: Refusal): Answered {
  if (status === 413) return again(opened, 413, 'media.too-large');
  if (status === 429 || status === 503) return again(opened, status, 'photo.busy', more?.retryAfterSeconds);
  // Never 408: to some browsers it means to send everything again, unasked.
  return again(opened, 400, 'media.again');
}

export function notKept(opened: Opened): Answered {
  return again(opened, 503, 'photo.busy', AGAIN_SECONDS);
}

export function unknown(towns: Towns, request: IncomingMessage): Answered {
  return unaddressed(towns, request, 404, 'photo.unknown', ['photo.unknown-why', 'photo.instead']);
}

/** The database is away just now. */
export function away(towns: Towns, request: IncomingMessage): Answered {
  return { ...unaddressed(towns, request, 503, 'photo.heading', ['photo.busy']), retryAfterSeconds: AGAIN_SECONDS };
}

function again(opened: Opened, status: number, sentence: string, retryAfterSeconds?: number): Answered {
  const problem = { text: opened.t(sentence), word: opened.t('photo.error') };
  return { ...pageOf(opened, status, { heading: opened.t('photo.heading'), problem, form: formOf(opened) }), retryAfterSeconds };
}

function formOf({ t }: Opened): PhotoPage['form'] {
  return { label: t('photo.choose'), help: t('photo.help'), button: t('photo.send') };
}

function pageOf({ town, title, language, t }: Opened, status: number, page: Omit<PhotoPage, 'language'>): Answered {
  const authority = town.authority[language] ?? town.name;
  return { status, page: { language, authority, about: [title, t('photo.reference')], ...page } };
}

function unaddressed(towns: Towns, { headers }: IncomingMessage, status: number, heading: string, lines: string[]): Answered {
  const spoken = towns.list().flatMap(({ languages }) => languages);
  const wanted = (headers['accept-language'] ?? '').split(',').map((each) => each.trim().slice(0, 2).toLowerCase());
  const language = wanted.find((code) => spoken.includes(code)) ?? spoken[0] ?? '';
  const t = (sentence: string) => sentenceOf(towns, towns.list()[0]?.id ?? '', language, sentence);
  return { status, page: { language, heading: t(heading), lines: lines.map(t) } };
}
