/** Drafts and canned replies: what an agent has begun to write, and what a service keeps ready to be sent. */
import { type Agent, holds } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Town } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import type { CannedReply, Canned as CannedRows } from '../../store/rows/desk/canned';
import type { Drafts } from '../../store/rows/desk/drafts';
import type { Trail } from '../people/trail';
import { presentService } from '../present/agent';
import { mayRead } from '../present/scenes';
import type { Canned } from '../wire';
import { FORBIDDEN, type Frame, NOT_FOUND } from './frame';
import { CannedText, DraftText, Id, Kind } from './requests';

export interface DraftParts {
  frame: Frame;
  drafts: Drafts;
  canned: CannedRows;
  conversations: Conversations;
  trail: Trail;
  clock: () => Date;
}

const FROM_FILE = 'file:';
const isFromFile = ({ id }: CannedReply) => id.startsWith(FROM_FILE);

/** What stands in the town's own file, once for each language. */
function fromFile({ id: town, canned = [] }: Town): CannedReply[] {
  return canned.flatMap(({ id, title, text, service }) =>
    Object.keys(text).map((language) => ({
      ...{ id: `${FROM_FILE}${id}:${language}`, town, language, version: 0 },
      ...{ title: title[language] ?? id, text: text[language] ?? '', ...(service && { service }) },
    })),
  );
}

export function createDraftRoutes({ frame, drafts, canned, conversations, trail, clock }: DraftParts): Route[] {
  async function isSeen(agent: Agent, id: string): Promise<boolean> {
    const conversation = (await conversations.find(id))?.conversation;
    return conversation !== undefined && mayRead(agent, conversation);
  }

  /** Whether the agent writes the canned replies of a service; those of all services are for whoever supervises all. */
  const mayWrite = (agent: Agent, service?: string) =>
    service
      ? holds(agent, 'supervisor', service)
      : agent.roles.some((role) => role.services === 'all' && holds({ roles: [role] }, 'supervisor'));

  const present = (reply: CannedReply, agent: Agent, town: Town): Canned => ({
    id: reply.id,
    title: reply.title,
    text: reply.text,
    language: reply.language,
    service: reply.service ? presentService(town, reply.service, agent.settings.language) : undefined,
    version: reply.version,
    mayChange: !isFromFile(reply) && mayWrite(agent, reply.service),
    isFromFile: isFromFile(reply),
  });

  return [
    frame.agents({
      method: 'put',
      path: '/desk/api/conversations/:id/drafts/:kind',
      alsoInTraining: true,
      body: DraftText,
      async handle({ caller: { agent }, params: { id = '', kind }, body }) {
        const known = Kind.safeParse(kind);
        if (!known.success || !(await isSeen(agent, id))) return NOT_FOUND;
        await drafts.keep(agent.id, id, known.data, body, clock().getTime());
        return { status: 204 };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/conversations/:id/drafts',
      alsoInTraining: true,
      async handle({ caller: { agent }, params: { id = '' } }) {
        if (!(await isSeen(agent, id))) return NOT_FOUND;
        return { status: 200, body: await drafts.of(agent.id, id) };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/canned',
      alsoInTraining: true,
      async handle({ caller: { agent, town } }) {
        const all = [...fromFile(town), ...(await canned.ofTown(town.id))];
        const mine = all.filter(({ service }) => !service || holds(agent, 'agent', service));
        mine.sort((one, other) => one.title.localeCompare(other.title, agent.settings.language));
        return { status: 200, body: { items: mine.map((reply) => present(reply, agent, town)) } };
      },
    }),
    frame.agents({
      method: 'put',
      path: '/desk/api/canned/:id',
      body: CannedText,
      may: (agent) => holds(agent, 'supervisor'),
      async handle({ caller: { agent, town, doer }, params: { id: given = '' }, body: { version, ...fields } }) {
        if (!Id.safeParse(given).success) return NOT_FOUND;
        if (fields.service && !town.services.some(({ id }) => id === fields.service)) return NOT_FOUND;
        // An id that the page made is one of its town: nobody writes into another's.
        const id = given.startsWith(`${town.id}:`) ? given : `${town.id}:${given}`;
        const before = await canned.get(id);
        if (!mayWrite(agent, fields.service) || (before && !mayWrite(agent, before.service))) return FORBIDDEN;
        const isDone = before
          ? version !== undefined && (await canned.change(id, version, fields))
          : await canned.add({ id, town: town.id, ...fields });
        const now = await canned.get(id);
        if (!now) return NOT_FOUND;
        if (!isDone)
          return refuse(409, 'changed', 'Somebody changed this reply meanwhile', { canned: present(now, agent, town) });
        await trail.did(doer, before ? 'canned.changed' : 'canned.added', `canned:${id}`);
        return { status: before ? 200 : 201, body: present(now, agent, town) };
      },
    }),
    frame.agents({
      method: 'del',
      path: '/desk/api/canned/:id',
      may: (agent) => holds(agent, 'supervisor'),
      async handle({ caller: { agent, town, doer }, params: { id = '' } }) {
        const before = await canned.get(id);
        if (before?.town !== town.id) return NOT_FOUND;
        if (!mayWrite(agent, before.service)) return FORBIDDEN;
        await canned.remove(id);
        await trail.did(doer, 'canned.removed', `canned:${id}`);
        return { status: 204 };
      },
    }),
  ];
}
