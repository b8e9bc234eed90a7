/** Where the page asks for lists of conversations, one of them, its earlier lines, and whom it may be passed to. */
import { z } from 'zod';
import { holds } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import { presentService } from '../present/agent';
import { presentRow } from '../present/conversation';
import { mayRead } from '../present/scenes';
import type { ConversationList, Destinations, EarlierLines } from '../wire';
import { type ConversationParts, type ConversationReads, outcomesIn, PAGE } from './conversations';
import { NOT_FOUND } from './frame';
import { ConversationId, Id } from './requests';

const EARLIER = 50;

const ListQuery = z.strictObject({
  list: z.enum(['queue', 'mine', 'parked', 'closed', 'mentions']),
  service: Id.optional(),
  /** Where the page before ended. */
  after: z.string().max(200).optional(),
});

const LinesQuery = z.strictObject({ before: z.coerce.number().int().min(1) });

export function createConversationRoutes(parts: ConversationParts & { reads: ConversationReads }): Route[] {
  const { frame, agents, transcript, trail, calendar, scenes, seq, reads, clock } = parts;
  const { readable, detailOf, listOf, linesOf } = reads;
  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/conversations',
      alsoInTraining: true,
      query: ListQuery,
      async handle({ caller: { agent, town }, query }) {
        // Before the rows: what changes meanwhile is told once more rather than never.
        const number = await seq(town.id);
        const standing = await scenes.standingOf(town);
        const scene = scenes.sceneFor(standing, agent);
        const all = (await listOf(agent, standing, query)).filter(
          (one) => mayRead(agent, one) && (!query.service || one.queue?.service === query.service),
        );
        const from = query.list === 'closed' || !query.after ? 0 : all.findIndex(({ id }) => id === query.after) + 1;
        const page = all.slice(from, from + PAGE);
        const last = page.at(-1);
        const isMore = all.length > from + PAGE;
        const body: ConversationList = {
          items: page.map((one) => presentRow(one, scene)),
          total: all.length,
          counts: scenes.countsFor(standing, agent),
          seq: number,
          ...(isMore && last ? { next: query.list === 'closed' ? (last.queue?.closedAt ?? '') : last.id } : {}),
        };
        return { status: 200, body };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/conversations/:id',
      alsoInTraining: true,
      async handle({ caller: { agent, town, doer }, params }) {
        const id = ConversationId.safeParse(params.id);
        const conversation = id.success ? await readable(agent, id.data) : null;
        if (!conversation) return NOT_FOUND;
        const { holder, queue } = conversation;
        const isListened = holder === 'agent' && queue?.agent !== agent.id && holds(agent, 'supervisor', queue?.service);
        await trail.saw(doer, isListened ? 'conversation.listened' : 'conversation.read', `conversation:${conversation.id}`);
        return { status: 200, body: await detailOf(agent, await scenes.surroundingsOf(town, conversation), conversation) };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/conversations/:id/lines',
      alsoInTraining: true,
      query: LinesQuery,
      async handle({ caller: { agent, town }, params, query: { before } }) {
        const id = ConversationId.safeParse(params.id);
        const conversation = id.success ? await readable(agent, id.data) : null;
        if (!conversation) return NOT_FOUND;
        const rows = await transcript.before(conversation.id, before, EARLIER);
        const lines = await linesOf(town, agent, conversation, rows);
        const body: EarlierLines = { lines, hasEarlier: (rows[0]?.line ?? 1) > 1 };
        return { status: 200, body };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/destinations',
      alsoInTraining: true,
      async handle({ caller: { agent, town } }) {
        const standing = await scenes.standingOf(town);
        const { waiting } = standing;
        const people = (await agents.ofTown(town.id)).filter((one) => !one.disabledAt && one.hash !== null);
        const { language } = agent.settings;
        const now = clock();
        const body: Destinations = {
          outcomes: outcomesIn(scenes.sceneFor(standing, agent)),
          services: town.services
            // Where nobody would find it, nothing is sent.
            .filter(({ id }) => people.some((one) => holds(one, 'agent', id)))
            .map((service) => ({
              ...presentService(town, service.id, language),
              isOpen: calendar.at(town, service, now).isOpen,
              waiting: waiting.filter(({ queue }) => queue?.service === service.id).length,
            })),
          agents: people
            .filter(({ id }) => id !== agent.id)
            .map(({ id, name, status, slots, capacity, roles }) => ({
              id,
              name,
              status,
              load: slots.length,
              capacity,
              services: roles.some(({ services }) => services === 'all')
                ? 'all'
                : [...new Set(roles.flatMap(({ services }) => services as string[]))].map((one) =>
                    presentService(town, one, language),
                  ),
            })),
        };
        return { status: 200, body };
      },
    }),
  ];
}
