/**
 * The programs that a town subscribes in its `town.yml`, as its admin looks after them: what could not be told and why,
 * another try of that, and an event that says nothing, to see whether the other side hears.
 */
import { z } from 'zod';
import { mayAdminister } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import type { Town } from '../../domain/town';
import { type Frame, NOT_FOUND } from '../api/frame';
import type { Trail } from '../people/trail';
import type { HookState } from '../wire';

export interface WebhookParts {
  frame: Frame;
  trail: Trail;
  hookLetters: {
    list(town: string, id: string): Promise<Array<Omit<HookState['letters'][number], 'state'> & { state: string }>>;
    replay(town: string, id: string): Promise<number>;
    test(town: string, id: string): Promise<string>;
  };
}

const Nothing = z.strictObject({});

export function createWebhookRoutes({ frame, trail, hookLetters }: WebhookParts): Route[] {
  const isThere = ({ webhooks = [] }: Town, id: string | undefined): id is string => webhooks.some((hook) => hook.id === id);

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/webhooks',
      may: mayAdminister,
      async handle({ caller: { town } }) {
        const items: HookState[] = await Promise.all(
          (town.webhooks ?? []).map(async ({ id, url, events }) => ({
            ...{ id, url, events },
            letters: (await hookLetters.list(town.id, id)).filter(({ state }) => state !== 'sent'),
          })),
        );
        return { status: 200, body: { items } };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/webhooks/:id/replay',
      body: Nothing,
      may: mayAdminister,
      async handle({ caller: { town, doer }, params: { id } }) {
        if (!isThere(town, id)) return NOT_FOUND;
        const again = await hookLetters.replay(town.id, id);
        await trail.did(doer, 'webhook.replayed', `webhook:${id}`, { again: String(again) });
        return { status: 200, body: { again } };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/webhooks/:id/test',
      body: Nothing,
      may: mayAdminister,
      async handle({ caller: { town, doer }, params: { id } }) {
        if (!isThere(town, id)) return NOT_FOUND;
        await trail.did(doer, 'webhook.tested', `webhook:${id}`);
        return { status: 202, body: { letter: await hookLetters.test(town.id, id) } };
      },
    }),
  ];
}
