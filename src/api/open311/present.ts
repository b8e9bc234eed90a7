/**
 * What Open311 shows, field by field: services of a town, the questions of one, and requests as anybody may see them. Of a
 * request: what it is about, where, when and how it stands. Never words, answers, names, numbers, photos or a reference.
 */

import { attributesOf } from '../../domain/ticket/opening';
import { publicIdOf } from '../../domain/ticket/public-id';
import { isOpen } from '../../domain/ticket/states';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Field, Topic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';

/** What other programs may open requests about. */
export function isService({ kind, form }: Topic): boolean {
  return kind === 'report' && form !== undefined;
}

/** What anybody may see requests about: the town publishes them, and this topic among them. */
export function isPublished({ openData }: Town, topic: Topic | undefined): boolean {
  return openData?.requests === true && topic?.openData !== undefined;
}

const local = (text: Record<string, string> | undefined, { languages }: Town) => text?.[languages[0] ?? 'fr'] ?? '';
const serviceName = (town: Town, id: string | undefined) => local(town.services.find((service) => service.id === id)?.name, town);

export function presentService(topic: Topic, town: Town) {
  return {
    service_code: topic.id,
    service_name: local(topic.title, town),
    description: local(topic.answer, town),
    metadata: attributesOf(topic).length > 0,
    type: 'realtime',
    keywords: '',
    group: topic.openData?.group ?? serviceName(town, topic.service),
  };
}

const DATATYPES: Partial<Record<Field['kind'], string>> = {
  choice: 'singlevaluelist',
  'yes-no': 'singlevaluelist',
  number: 'number',
  date: 'datetime',
};

const YES_NO = [
  { key: 'yes', name: 'yes' },
  { key: 'no', name: 'no' },
];

export function presentAttribute(field: Field, order: number, town: Town) {
  const choices = field.choices?.map(({ id, label }) => ({ key: id, name: local(label, town) }));
  return {
    variable: true,
    code: field.id,
    datatype: DATATYPES[field.kind] ?? 'text',
    // What is asked only after another answer is demanded only then.
    required: field.required && field.when === undefined,
    datatype_description: '',
    order,
    description: local(field.ask, town),
    values: field.kind === 'yes-no' ? YES_NO : (choices ?? []),
  };
}

export function presentRequest(ticket: Ticket, topic: Topic | undefined, town: Town) {
  const { place } = ticket;
  // What a citizen typed may name a person; a door that was found on the map does not.
  const isFound = place && place.precision !== 'text' && place.precision !== 'pin';
  return {
    service_request_id: publicIdOf(ticket.id),
    status: isOpen(ticket) ? 'open' : 'closed',
    status_notes: ticket.state,
    service_name: topic ? local(topic.title, town) : ticket.topic,
    service_code: ticket.topic,
    description: '',
    agency_responsible: serviceName(town, ticket.service),
    service_notice: '',
    requested_datetime: ticket.openedAt,
    updated_datetime: ticket.updatedAt,
    expected_datetime: isOpen(ticket) && !ticket.due?.pausedAt ? (ticket.due?.at ?? null) : null,
    address: isFound ? place.text : '',
    address_id: null,
    zipcode: null,
    lat: place?.latitude ?? null,
    long: place?.longitude ?? null,
    media_url: null,
  };
}
