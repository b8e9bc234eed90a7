/** A request as the desk shows it: in a list, and whole. */

import { type Authority, type Forward, type ForwardWay, reachOf } from '../../domain/forwarding/partner';
import type { Localised } from '../../domain/language/localised';
import { isOpen, type TicketState } from '../../domain/ticket/states';
import type { Ticket, TicketAnswer } from '../../domain/ticket/ticket';
import type { Topic } from '../../domain/topic/topic';
import type { Town, Towns } from '../../domain/town';
import type { OfOneCitizen } from '../tickets/of-citizen';
import type { TicketDetail, TicketRow } from '../wire';
import { presentSector, presentService } from './agent';

/** The largest share of its time (50, 80, 100) that the service was reminded at. */
function remindedOf({ history }: Ticket): number | undefined {
  const shares = history.flatMap(({ kind, text }) => (kind === 'reminded' && Number(text) > 0 ? [Number(text)] : []));
  return shares.length > 0 ? Math.max(...shares) : undefined;
}

/** For whom a request is shown: an agent reads in their language, whatever its citizen wrote in. */
export interface TicketReader {
  town: Town;
  towns: Pick<Towns, 'topic'>;
  language: string;
}

export function presentTicketRow(ticket: Ticket, { town, towns, language }: TicketReader): TicketRow {
  return {
    reference: ticket.reference,
    revision: ticket.revision,
    topic: ticket.topic,
    title: titleIn(language, ticket, towns.topic(town.id, ticket.topic)?.title),
    state: ticket.state,
    openedAt: ticket.openedAt,
    isOpen: isOpen(ticket),
    service: ticket.service ? presentService(town, ticket.service, language) : undefined,
    priority: ticket.priority,
    silenceOn: ticket.formal?.decidesOn,
    dueAt: ticket.due?.pausedAt ? undefined : ticket.due?.at,
    isPaused: ticket.due?.pausedAt !== undefined,
    reminded: remindedOf(ticket),
    reopened: ticket.reopened,
    mergedInto: ticket.mergedInto ?? undefined,
    incident: ticket.incident ? { metres: ticket.incident.metres, next: ticket.incident.next } : undefined,
    address: ticket.place?.text,
    sector: presentSector(town, ticket.sector, language),
    agent: ticket.agent ?? undefined,
  };
}

/** A request's title and place in a line. What it was named after its topic is said in the reader's language; a name of its own stays. */
export function presentTitle(ticket: Ticket, { town, towns, language }: TicketReader): string {
  const title = titleIn(language, ticket, towns.topic(town.id, ticket.topic)?.title);
  return [title, ticket.place?.text].filter(Boolean).join(' · ');
}

function titleIn(language: string, { title }: Ticket, ofTopic: Localised = {}): string {
  return Object.values(ofTopic).includes(title) ? (ofTopic[language] ?? title) : title;
}

/** How an answer is named and, where it was chosen from a list, what was chosen: in the reader's language while the form has the field. */
export function presentAnswer(
  { field: id, label, text, value }: TicketAnswer,
  topic: Pick<Topic, 'form'> | undefined,
  language: string,
): { label: string; value: string } {
  const field = topic?.form?.find((one) => one.id === id);
  const chosen = field?.choices?.find((choice) => choice.id === value);
  return { label: field?.label[language] ?? label, value: chosen?.label[language] ?? text };
}

export interface TicketFile {
  id: string;
  name: string;
  contentType: string;
}

export interface TicketSides {
  files: TicketFile[];
  /** Of the same citizen, this one among them. */
  others: OfOneCitizen;
  /** Those it has to do with. */
  linked: Ticket[];
  /** Where whoever looks may move it. */
  may: TicketState[];
  /** Whose it may be where it is not the town's, and by which way it would reach them. */
  authorities: Array<Authority & { way: ForwardWay | null }>;
  /** The name of whoever it was handed to. */
  forwardedTo?: Localised;
  /** Its citizen agreed, in the form, that they are named to others. */
  hasAgreed: boolean;
  /** Whoever looks watches over its service. */
  isWatched: boolean;
}

export function presentTicket(
  ticket: Ticket,
  { files, others, linked, may, isWatched, authorities, forwardedTo, hasAgreed }: TicketSides,
  reader: TicketReader,
): TicketDetail {
  const { town, language } = reader;
  const { latitude, longitude, text: address } = ticket.place ?? {};
  let stood = 'new';
  return {
    ...presentTicketRow(ticket, reader),
    may,
    isWatched,
    conversation: ticket.conversation,
    channel: ticket.channel,
    words: ticket.words,
    contact: ticket.contact?.value,
    helper: ticket.helper ? { name: ticket.helper.name, isTold: ticket.helper.isTold } : undefined,
    answers: ticket.answers.map((answer) => ({
      ...presentAnswer(answer, reader.towns.topic(town.id, ticket.topic), language),
      former: (answer.former ?? []).map((one) => one.text),
    })),
    place: ticket.place && { latitude, longitude, address },
    files: files.map(({ id, name, contentType }) => ({
      url: `/desk/api/tickets/${ticket.reference}/files/${id}`,
      name,
      type: contentType,
    })),
    history: ticket.history.map(({ at, kind, by, agent, state, was, text, isPublic, partner, forwarded, helper }) => {
      stood = state ?? (kind === 'cancelled' ? 'withdrawn' : stood);
      return {
        at,
        kind,
        state: stood,
        was,
        words: text,
        by: agent?.name ?? helper,
        from: by,
        isPublic,
        partner,
        isForwarded: Boolean(forwarded),
      };
    }),
    authorities: authorities.map((one) => ({
      ...{
        id: one.id,
        name: inLanguage(one.name, town, language),
        reach: reachOf(one),
        way: one.way,
        photos: one.photos ?? false,
      },
      verifiedOn: one.verified.on,
    })),
    hasAgreed,
    forward: ticket.forward && presentForward(ticket.forward, forwardedTo, town, language),
    linked: linked.map((other) => presentTicketRow(other, reader)),
    others: others.tickets
      .filter(({ reference }) => reference !== ticket.reference)
      .map((other) => presentTicketRow(other, reader)),
    othersTotal: Math.max(0, others.total - 1),
  };
}

const inLanguage = (text: Localised, { languages }: Town, language: string) => text[language] ?? text[languages[0]] ?? '';

function presentForward(forward: Forward, name: Localised | undefined, town: Town, language: string) {
  const { to, way, withPerson, photos = false, agreed, at, state, reference, status, notes } = forward;
  const who = name ? inLanguage(name, town, language) : to;
  return { to: who, way, withPerson, photos, agreed, at, state, reference, status, notes };
}
