/** Another place or another number to call, for a request that was sent: the correction as it is put on it. */
import { sectorOf } from '../../domain/land/sector';
import type { FoundPlace } from '../../domain/language/heard';
import type { TicketChange } from '../../domain/ticket/citizen-change';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Talk } from '../dialog';
import { doorSaid } from '../form/place-choice';

export type Correction = Extract<TicketChange, { kind: 'correct' }>;

export async function correctionOf(talk: Talk, ticket: Ticket, words: string): Promise<Correction | null> {
  const said = await talk.entities(words);
  const place = said.place ?? (await doorOfSame(talk, ticket, words));
  const placed = ticket.answers.find(({ value }) => typeof value === 'object' && value !== null && 'precision' in value);
  if (place?.isInside && placed) {
    const value = { text: place.text, precision: place.precision, ...place.point };
    return {
      kind: 'correct',
      field: placed.field,
      text: place.text,
      value,
      place: value,
      sector: sectorOf(talk.town, value)?.id,
    };
  }
  const [contact] = [...said.phones, ...said.emails];
  const field = ticket.answers.find(({ value }) => value === ticket.contact?.value)?.field;
  if (!contact || !field) return null;
  const text = talk.wording.contact(contact);
  return {
    kind: 'correct',
    field,
    text,
    value: contact,
    contact: { kind: contact.includes('@') ? 'email' : 'phone', value: contact },
  };
}

/** 'It is 21': another door of the street that is noted, whether or not the map has it. */
async function doorOfSame(talk: Talk, { place }: Ticket, words: string): Promise<FoundPlace | null> {
  const street = place && (await talk.entities(place.text)).place?.street;
  return street ? doorSaid({ ...talk, text: words }, street) : null;
}

/** A number that the map does not have on its street. */
export async function isUnknownDoorIn(talk: Talk, { place, text }: Correction): Promise<boolean> {
  return place?.precision === 'street' && (await talk.entities(text)).place?.number !== undefined;
}
