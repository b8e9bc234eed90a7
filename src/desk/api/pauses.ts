/** A supervisor lets nobody more into the queue of a service for a while: who asks for a person hears why, and leaves a message. */
import { z } from 'zod';
import { holds } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import type { Pauses } from '../../store/rows/desk/pauses';
import type { Trail } from '../people/trail';
import { FORBIDDEN, type Frame, NOT_FOUND } from './frame';
import { Language, line } from './requests';

const Body = z.strictObject({
  words: z.record(Language, line(300)).optional(),
  until: z.iso.datetime().optional(),
});

export interface PauseParts {
  frame: Frame;
  pauses: Pauses;
  trail: Trail;
  clock: () => Date;
}

export function createPauseRoutes({ frame, pauses, trail, clock }: PauseParts): Route[] {
  const path = '/desk/api/services/:id/pause';
  return [
    frame.agents({
      method: 'put',
      path,
      body: Body,
      async handle({ caller: { agent, town, doer }, params: { id = '' }, body: { words = {}, until = '' } }) {
        if (!town.services.some((service) => service.id === id)) return NOT_FOUND;
        if (!holds(agent, 'supervisor', id)) return FORBIDDEN;
        await pauses.begin({ town: town.id, service: id, words, by: agent.id, at: clock().toISOString(), until });
        await trail.did(doer, 'service.paused', `service:${id}`, until ? { until } : undefined);
        return { status: 204 };
      },
    }),
    frame.agents({
      method: 'del',
      path,
      async handle({ caller: { agent, town, doer }, params: { id = '' } }) {
        if (!town.services.some((service) => service.id === id)) return NOT_FOUND;
        if (!holds(agent, 'supervisor', id)) return FORBIDDEN;
        if (await pauses.end(town.id, id)) await trail.did(doer, 'service.resumed', `service:${id}`);
        return { status: 204 };
      },
    }),
  ];
}
