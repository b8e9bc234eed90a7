/**
 * What an agent does to a conversation: written into its inbox, worked off in its line, answered once that is done. Sent
 * again under the same id it is done once, and answered the same. Done to several at once it is done to each by itself.
 */
import type { z } from 'zod';
import type { Conversation } from '../../domain/conversation';
import { type Agent, holds, PRESENT_MS } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { FileStore } from '../../domain/message/file';
import type { Receive } from '../../domain/message/letter';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { LeavingRows } from '../../store/rows/desk/leaving';
import type { Presences } from '../../store/rows/desk/presence';
import type { Mail } from '../../store/rows/mail';
import type { Transcript } from '../../store/rows/transcript';
import type { Trail } from '../people/trail';
import { presentRow } from '../present/conversation';
import type { Scenes } from '../present/scenes';
import { type ActionAnswer, type AgentAction, actionActivity } from '../queue/action';
import type { Capacity } from '../queue/capacity';
import { isNewsSince } from '../queue/decide';
import type { Departures } from '../queue/leaving';
import { workedOff } from '../queue/worked-off';
import { type ConversationReads, windowOf } from './conversations';
import { uploadedBy } from './files';
import { type Answer, type Caller, FORBIDDEN, type Frame, NOT_FOUND } from './frame';
import { eachOf, resultOf } from './many';
import { ActionBody, ConversationId, ManyActions, MOST_FILES } from './requests';
import { refuseTemplate, type TemplateParts } from './templates';

const NEW_LINES = 50;

type ActionRequest = z.infer<typeof ActionBody>;

const rowIdOf = ({ id }: Pick<Agent, 'id'>, key: string) => `desk:${id}:${key}`;

export interface ActionParts {
  frame: Frame;
  agents: Agents;
  conversations: Conversations;
  transcript: Transcript;
  presences: Presences;
  mail: Mail;
  files: Pick<FileStore, 'find'>;
  capacity: Capacity;
  receive: Receive;
  leaving: LeavingRows;
  departures: Departures;
  reads: ConversationReads;
  scenes: Scenes;
  trail: Trail;
  towns: TemplateParts['towns'];
  isApproved?: TemplateParts['isApproved'];
  acknowledge(town: string, alert: string, agent: Agent, now: Date): Promise<boolean>;
  /** The desk's pages look at these anew. */
  looked(town: string, conversations: string[]): Promise<void>;
  /** An action is worked off: a place may have become free. */
  settled(): void;
  clock: () => Date;
}

/** What takes a place of the agent's capacity, and what frees it. */
const TAKES: ReadonlySet<ActionRequest['kind']> = new Set(['claim', 'reopen', 'unpark', 'takeOver']);
const FREES: ReadonlySet<ActionRequest['kind']> = new Set(['giveBack', 'close', 'park', 'transfer', 'refuse', 'takeOver']);
/** For whoever looks after the service. */
const SUPERVISES: ReadonlySet<ActionRequest['kind']> = new Set(['whisper', 'takeOver']);

export function createActionRoutes(parts: ActionParts): Route[] {
  const {
    frame,
    agents,
    conversations,
    transcript,
    presences,
    mail,
    capacity,
    receive,
    reads,
    scenes,
    trail,
    files,
    leaving,
    departures,
    looked,
    settled,
    clock,
  } = parts;

  return [
    frame.agents({
      method: 'post',
      path: '/desk/api/conversations/:id/actions',
      alsoInTraining: true,
      body: ActionBody,
      async handle({ caller, params, body }) {
        const id = ConversationId.safeParse(params.id);
        const conversation = id.success ? await reads.readable(caller.agent, id.data) : null;
        if (!conversation) return NOT_FOUND;
        await seen(caller);
        if (SUPERVISES.has(body.kind) && !holds(caller.agent, 'supervisor', conversation.queue?.service)) return FORBIDDEN;
        if (body.kind === 'acknowledge') return acknowledge(caller, conversation, body.alert);
        if (body.kind === 'takeBack') return takeBack(caller, conversation, body.sent);
        return act(caller, conversation, body);
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/actions',
      alsoInTraining: true,
      body: ManyActions,
      async handle({ caller, body: { actionId: key, ids, action } }) {
        await seen(caller);
        const answers = await eachOf(ids, async (id) => {
          const conversation = await reads.readable(caller.agent, id);
          // Each under an id of its own, so that the same again is the same to each of them.
          return conversation ? act(caller, conversation, { ...action, actionId: `${key}:${id}` }) : NOT_FOUND;
        });
        return { status: 200, body: { results: answers.map(([id, answer]) => resultOf(id, answer)) } };
      },
    }),
  ];

  /** Whoever acts is there, with or without a page that says so. */
  function seen({ agent: { id: agent, town } }: Caller): Promise<void> {
    return presences.put({ tab: `${agent}:calls`, agent, town, until: clock().getTime() + PRESENT_MS, isTyping: false });
  }

  async function acknowledge(caller: Caller, conversation: Conversation, alert: string): Promise<Answer> {
    if (!(await parts.acknowledge(caller.town.id, alert, caller.agent, clock()))) return NOT_FOUND;
    await trail.did(caller.doer, 'alert.acknowledged', `alert:${alert}`);
    return shown(caller, conversation.id, 200);
  }

  async function act(
    caller: Caller,
    conversation: Conversation,
    body: Exclude<ActionRequest, { kind: 'acknowledge' | 'takeBack' }>,
  ): Promise<Answer> {
    const { agent } = caller;
    const { actionId: key, ...asked } = body;
    const { beyondCapacity, uploads, leavesInSeconds, ...action } = {
      ...{ beyondCapacity: false, uploads: [], leavesInSeconds: 0 },
      ...asked,
    };
    const found = await Promise.all(uploads.map((upload) => uploadedBy(files, agent.id, conversation.id, upload)));
    const attached = found.flat().slice(0, MOST_FILES);
    if (action.kind === 'say' && action.text === '' && attached.length === 0)
      return refuse(400, 'bad-request', 'There is nothing to say in this');
    if (action.kind === 'transfer' && !isDestination(caller, action, conversation)) return FORBIDDEN;
    const rowId = rowIdOf(agent, key);
    const before = await mail.inbox.get(rowId);
    if (!before && action.kind === 'say' && (windowOf(conversation, clock()).windowLeftMs ?? 1) <= 0)
      return refuse(409, 'window-over', 'WhatsApp lets only approved templates through by now');
    const refusal = before || action.kind !== 'template' ? null : await refuseTemplate(parts, caller.town, conversation, action);
    if (refusal) return refusal;
    const takes = TAKES.has(action.kind) ? agent.id : action.kind === 'transfer' ? action.agent : undefined;
    if (takes && !before) {
      const taken = await capacity.take(takes, conversation.id, beyondCapacity);
      if (taken === 'full') return refuse(409, 'full', 'No more conversations fit at once', { capacity: agent.capacity });
    }
    if (before && before.conversation !== conversation.id) return refuse(409, 'other-action', 'This id names another action');
    const { town, channel, id, address } = conversation;
    const full = { ...action, ...(attached.length > 0 ? { files: attached } : {}) } as AgentAction;
    const by = { id: agent.id, name: agent.name };
    const now = clock();
    if (full.kind === 'say' && leavesInSeconds > 0 && !before && (await mayLeaveLater(caller, conversation, full.seenLine))) {
      await leaving.put({
        ...{
          id: rowId,
          town,
          agent: by,
          network: caller.doer.network,
          conversation: id,
          channel,
          address,
          action: full,
          uploads,
        },
        at: now.toISOString(),
        leavesAt: now.getTime() + leavesInSeconds * 1000,
      });
      await looked(town, [id]);
      return shown(caller, id, 202);
    }
    // In the order in which they were sent.
    if (full.kind !== 'note' && full.kind !== 'whisper') await departures.hurry(agent.id, id);
    await receive({ id: rowId, town, channel, conversation: id, address, activity: actionActivity(full, by, now.toISOString()) });
    const answer = await answered(rowId);
    if (answer) await settle(caller, conversation, action, takes, answer);
    return answer ? respond(caller, conversation.id, body, answer) : shown(caller, conversation.id, 202);
  }

  /** What would be refused now is refused now, and not in some seconds. */
  async function mayLeaveLater({ agent }: Caller, { id, holder, queue }: Conversation, seenLine: number): Promise<boolean> {
    return holder === 'agent' && queue?.agent === agent.id && !(await isNewsSince(transcript, id, seenLine, agent.id));
  }

  /** An answer that has not left yet does not leave. */
  async function takeBack(caller: Caller, { id }: Conversation, sent: string): Promise<Answer> {
    if (!(await leaving.takeBack(rowIdOf(caller.agent, sent)))) return refuse(409, 'too-late', 'This has left already');
    await looked(caller.town.id, [id]);
    await trail.did(caller.doer, 'conversation.takeBack', `conversation:${id}`);
    return shown(caller, id, 200);
  }

  function isDestination(
    caller: Caller,
    { agent, service }: { agent?: string; service?: string },
    { queue }: Conversation,
  ): boolean {
    const isKnown = service === undefined || caller.town.services.some(({ id }) => id === service);
    const isOurs = agent === undefined || agent.startsWith(`${caller.town.id}:`);
    return (
      isKnown && isOurs && (agent !== undefined || service !== undefined) && agent !== caller.agent.id && queue !== undefined
    );
  }

  /** What became of it, within two seconds; null when it is not worked off by then. */
  async function answered(rowId: string): Promise<ActionAnswer | null> {
    const row = await workedOff(mail, rowId);
    return row && ((row.answer as ActionAnswer | undefined) ?? { outcome: 'not-waiting' });
  }

  /** The places taken and freed by it; what a crash leaves behind is found by a sweep. */
  async function settle(
    caller: Caller,
    { id, queue: before }: Conversation,
    { kind, ...more }: { kind: ActionRequest['kind'] },
    takes: string | undefined,
    answer: ActionAnswer,
  ): Promise<void> {
    const isDone = answer.outcome === 'done';
    if (takes && !isDone) {
      const holder = (await conversations.find(id))?.conversation.queue?.agent;
      if (holder !== takes) await capacity.giveBack(takes, id);
    }
    const isFreed = FREES.has(kind) || ('thenClose' in more && more.thenClose !== undefined);
    if (isDone && isFreed) await capacity.giveBack(before?.agent ?? caller.agent.id, id);
    settled();
    if (isDone) await trail.did(caller.doer, `conversation.${kind}`, `conversation:${id}`);
  }

  async function shown({ agent, town }: Caller, id: string, status: 200 | 202): Promise<Answer> {
    const conversation = (await conversations.find(id))?.conversation;
    if (!conversation) return NOT_FOUND;
    const scene = scenes.sceneFor(await scenes.surroundingsOf(town, conversation), agent);
    return { status, body: { conversation: presentRow(conversation, scene) } };
  }

  async function respond(caller: Caller, id: string, body: ActionRequest, answer: ActionAnswer): Promise<Answer> {
    switch (answer.outcome) {
      case 'done':
        return shown(caller, id, 200);
      case 'taken': {
        const by = await agents.get(answer.by);
        return refuse(409, 'taken', 'Somebody else has this conversation', {
          by: { id: answer.by, name: by?.name ?? answer.by },
        });
      }
      case 'seen-line': {
        const rows = await transcript.withNotes(id, 'seenLine' in body ? (body.seenLine ?? 0) : 0, NEW_LINES);
        const standing = (await conversations.find(id))?.conversation;
        const lines = standing ? await reads.linesOf(caller.town, caller.agent, standing, rows) : [];
        return refuse(409, 'seen-line', 'Somebody wrote since', { lines });
      }
      case 'not-waiting':
        return refuse(409, 'not-waiting', 'This conversation is not where it was');
      case 'not-offered':
        return refuse(409, 'not-offered', 'Conversations of this service are offered, to one after the other');
      case 'no-template':
        return refuse(409, 'template-not-approved', 'There is no such template in this language');
      case 'nobody-there':
        return refuse(409, 'nobody-there', 'This colleague is not there, or does not serve there');
      case 'too-late':
        return refuse(409, 'too-late', 'This was closed too long ago');
    }
  }
}
