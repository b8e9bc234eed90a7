/**
 * What another authority is handed of a request: by e-mail as a person reads it, by Open311 as its server does. Without the
 * citizen's agreement what says who they are stays here: the contact, words typed freely into a form, numbers and addresses
 * among their words.
 */

import { type Authority, type Forward, forwardLetterId, open311Address, serviceCodeOf } from '../../domain/forwarding/partner';
import { sentenceOf } from '../../domain/language/sentences';
import type { Letter } from '../../domain/message/courier';
import { attributesOf } from '../../domain/ticket/opening';
import type { Ticket, TicketAnswer } from '../../domain/ticket/ticket';
import { type Field, FOR_A_PERSON, type Topic } from '../../domain/topic/topic';
import type { Town, Towns } from '../../domain/town';

/** Characters that Open311 takes as a description. */
const LONGEST = 4000;
const NAMELESS: ReadonlySet<Field['kind']> = new Set(['choice', 'yes-no', 'number', 'date', 'place']);

type Named = Pick<Authority, 'id' | 'name' | 'email' | 'open311'>;

interface Handed {
  words: string;
  answers: TicketAnswer[];
}

/** Links to its photos, where those go along, and until when they are good. */
export interface HandedPhotos {
  links: string[];
  until: Date;
}

/** Of the whole request what goes along. */
function handedOf(ticket: Ticket, topic: Topic | undefined, { withPerson }: Forward): Handed {
  const kinds = new Map(topic?.form?.map(({ id, kind }) => [id, kind]) ?? []);
  const told = ticket.answers.filter(({ field }) => {
    const kind = kinds.get(field);
    return kind !== 'file' && kind !== 'contact' && (withPerson || (kind !== undefined && NAMELESS.has(kind)));
  });
  const words = [ticket.words, ...(ticket.said ?? [])].filter(Boolean).join('\n');
  return { answers: told, words: withPerson ? words : nameless(words) };
}

/** Without phone numbers and e-mail addresses. Names cannot be told from other words: an agent who hands it over reads them. */
function nameless(text: string): string {
  return text.replace(/[^\s@]{1,64}@[^\s@]{1,255}/g, '…').replace(/\+?\d(?:[\s.()-]{0,2}\d){7,14}/g, '…');
}

export function letterOf(
  ticket: Ticket,
  forward: Forward,
  authority: Named,
  town: Town,
  { towns, photos = { links: [], until: new Date(0) } }: { towns: Towns; photos?: HandedPhotos },
): Letter {
  const topic = ticket.topic === FOR_A_PERSON ? undefined : towns.topic(town.id, ticket.topic);
  const id = forwardLetterId(town.id, ticket.reference, forward);
  const own = { id, town: town.id, conversation: `forward:${ticket.conversation}` };
  const handed = handedOf(ticket, topic, forward);
  if (forward.way === 'open311')
    return {
      ...{ ...own, channel: 'open311', address: open311Address(authority.id) },
      activity: { type: 'event', id, value: open311Of(ticket, forward, authority, town, topic, handed, photos) },
    };
  const language = town.languages[0];
  const say = (sentence: string, fields: Record<string, string | number> = {}) =>
    sentenceOf(towns, town.id, language, `forward.${sentence}`, fields);
  const { reference, title, contact, place, files } = ticket;
  const named = { reference, title, authority: town.authority[language] ?? town.name };
  const { latitude, longitude } = place ?? {};
  const staysHere = files.length - photos.links.length;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: town.timeZone }).format(photos.until);
  const lines = [
    say('intro', named),
    '',
    say('subject-line', { title }),
    place && say('place', { place: place.text }),
    latitude !== undefined && longitude !== undefined && say('position', { position: `${latitude}, ${longitude}` }),
    // Where it is about is said above.
    ...handed.answers.filter(({ text }) => text !== place?.text).map(({ label, text }) => say('answer', { label, value: text })),
    handed.words && say('words', { words: handed.words }),
    photos.links.length > 0 && say('photos', { count: photos.links.length, date, link: photos.links.join('\n') }),
    staysHere > 0 && say('files', { count: staysHere }),
    '',
    forward.withPerson ? contact && say('contact', { contact: contact.value }) : say('nameless'),
    say('reply', named),
  ];
  const service = town.services.find(({ id: one }) => one === ticket.service);
  const replyTo = service?.email;
  return {
    ...{ ...own, channel: 'email', address: authority.email ?? '' },
    activity: {
      type: 'message',
      id,
      locale: language,
      text: lines.filter((line) => typeof line === 'string').join('\n'),
      channelData: { subject: say('subject', named), ...(replyTo ? { replyTo } : {}) },
    },
  };
}

function open311Of(
  ticket: Ticket,
  { withPerson, at }: Forward,
  { open311 }: Named,
  town: Town,
  topic: Topic | undefined,
  { words, answers }: Handed,
  { links: [photo] }: HandedPhotos,
) {
  const { reference, place, contact } = ticket;
  const mark = `[${town.id} ${reference}]`;
  const asked = new Set(topic ? attributesOf(topic).map(({ id }) => id) : []);
  const told = answers.filter(({ field }) => asked.has(field)).map(({ label, text }) => `${label} : ${text}`);
  const description = `${[ticket.title, words, ...told]
    .filter(Boolean)
    .join('\n')
    .slice(0, LONGEST - mark.length - 1)}\n${mark}`;
  const { latitude, longitude, text: address } = place ?? {};
  const isPinned = latitude !== undefined && longitude !== undefined;
  return {
    ...{ mark, at },
    form: {
      service_code: (open311 && serviceCodeOf(open311, ticket.topic)) ?? '',
      ...(isPinned ? { lat: String(latitude), long: String(longitude) } : {}),
      address_string: (address || town.name).slice(0, 200),
      description,
      // The protocol has a place for one.
      ...(photo ? { media_url: photo } : {}),
      ...(withPerson && contact ? { [contact.kind]: contact.value } : {}),
    },
  };
}
