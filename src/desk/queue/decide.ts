/** The desk as one who decides: hears what agents and the house ask of a conversation, with what it may look up. */

import type { Decide } from '../../domain/decision';
import { holds } from '../../domain/desk/agent';
import { namedIn } from '../../domain/desk/mention';
import { sentenceOf } from '../../domain/language/sentences';
import type { Wording } from '../../domain/language/wording';
import { isForCitizen } from '../../domain/message/readers';
import type { Calendar, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Presences } from '../../store/rows/desk/presence';
import type { Transcript } from '../../store/rows/transcript';
import type { Attendance } from '../waiting/attendance';
import { readAction } from './action';
import { GONE_MS, isGone } from './gone';
import { templatesFor, wordsOf } from './templates';
import { deskTurn } from './turn';

export interface DeskDecideParts {
  agents: Agents;
  presences: Presences;
  attendance: Attendance;
  transcript: Transcript;
  towns: Towns;
  calendar: Calendar;
  /** How days and times are written with these sentences. */
  wording: (
    t: (id: string, fields?: Record<string, string>) => string,
    options: { today(): string; country: string; isShort: boolean; foreign(): string | null },
  ) => Wording;
}

/** Lines looked at for news. */
const MOST_LINES = 100;

export function createDeskDecide({
  agents,
  presences,
  attendance,
  transcript,
  towns,
  calendar,
  wording,
}: DeskDecideParts): Decide {
  return async (activity, conversation, { now, reference }) => {
    const action = readAction(activity);
    const town = towns.get(conversation.town);
    if (!action || !town) throw new Error('An agent asked for something that the desk does not know');
    const { language } = conversation.memory;
    const t = (id: string, fields?: Record<string, string | number>) => sentenceOf(towns, town.id, language, id, fields);
    const serviceOf = (id: string) => town.services.find((service) => service.id === id) ?? town.services[0]!;
    const isShort = conversation.channel === 'sms';
    const words = wording(t, {
      today: () => calendar.local(town, now).date,
      country: town.country,
      isShort,
      foreign: () => null,
    });
    return deskTurn(action, { id: activity.from?.id ?? '', name: activity.from?.name ?? '' }, conversation, {
      now,
      t,
      reference: reference(0),
      serviceNamed(id) {
        const { called, name } = serviceOf(id);
        return called?.[language] ?? name[language] ?? Object.values(name)[0] ?? id;
      },
      template(name, values) {
        const found = templatesFor(towns, town, language).find((one) => one.name === name);
        const filled = found ? wordsOf(found, values) : null;
        if (!found || filled === null) return null;
        const variables = Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
        return { text: filled, language: found.language, template: { name, variables } };
      },
      async colleague(id) {
        const agent = await agents.get(id);
        if (!agent || agent.town !== town.id || agent.disabledAt) return null;
        return {
          id: agent.id,
          name: agent.name,
          isThere: agent.status === 'available',
          serves: (service) => holds(agent, 'agent', service),
          supervises: (service) => holds(agent, 'supervisor', service),
        };
      },
      async named(text, service) {
        const people = (await agents.ofTown(town.id)).filter((one) => !one.disabledAt && holds(one, 'agent', service));
        return namedIn(text, people);
      },
      isNewsSince: (line, own) => isNewsSince(transcript, conversation.id, line, own),
      hub: (service) => (town.hub?.services.includes(service) ? town.hub : undefined),
      transcript: async () =>
        (await transcript.before(conversation.id, conversation.lines + 1, MOST_LINES))
          .filter(isForCitizen)
          .map(({ activity, at, from }) => ({
            type: activity.type,
            from: { id: from, role: from === 'citizen' ? ('user' as const) : ('bot' as const) },
            text: activity.text,
            timestamp: at,
          })),
      routing: (service) => serviceOf(service).routing ?? 'claim',
      isOpen: (service) => calendar.at(town, serviceOf(service), now).isOpen,
      opens(service) {
        const { opens } = calendar.at(town, serviceOf(service), now);
        return opens ? words.when(opens.date, opens.time) : null;
      },
      isDeserted: async (service) => now.getTime() - (await attendance.attendedUntil(town.id, service, now.getTime())) > GONE_MS,
      isGone: (agent) => isGone(presences, agent, conversation.queue?.takenAt, now),
    });
  };
}

/** Whether somebody else than this agent wrote after a line: the citizen, or a colleague to them. */
export async function isNewsSince(transcript: Transcript, conversation: string, line: number, own: string): Promise<boolean> {
  const lines = await transcript.withNotes(conversation, line, MOST_LINES);
  return lines.some(({ from, agent }) => from === 'citizen' || (from === 'agent' && agent?.id !== own));
}
