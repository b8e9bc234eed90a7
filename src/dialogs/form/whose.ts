/** Whose a request will be: in which sector it lies, and which service, and which agent, the town's rules send it to. */
import { routeOf } from '../../domain/land/route';
import { sectorOf } from '../../domain/land/sector';
import type { TicketPlace } from '../../domain/ticket/ticket';
import { FOR_A_PERSON, type Topic } from '../../domain/topic/topic';
import type { Service } from '../../domain/town';
import type { Talk } from '../dialog';
import type { FormData } from './form-data';

/** Where it is about, as far as that was answered. */
export function placeIn(topic: Topic, { answers, carried }: FormData): TicketPlace | undefined {
  const field = topic.form?.find(({ kind }) => kind === 'place');
  return (answers[field?.id ?? '']?.value as TicketPlace | undefined) ?? carried?.place;
}

export interface Whose {
  service: Service;
  sector?: string;
  /** E-mail. */
  agent?: string;
}

export function whoseIs(talk: Talk, topic: Topic, data: FormData): Whose {
  const { town, calendar, lookups } = talk;
  const sector = sectorOf(town, placeIn(topic, data))?.id;
  // Whoever asks for a person has said of which service.
  if (topic.id === FOR_A_PERSON) return { service: talk.service(topic.service), sector };
  const isOpen = (id: string) => calendar.at(town, talk.service(id), lookups.now).isOpen;
  const { service, agent } = routeOf(town, topic, sector, isOpen);
  return { service: talk.service(service), sector, agent };
}
