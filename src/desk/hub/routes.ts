/**
 * What a hub answers: that it takes a conversation, that it cannot, that it is done, and the words of its people. Each is
 * signed by the scheme of Standard Webhooks with the installation's key, and becomes an action in the conversation's line.
 * An event or a state that nobody knows is noted, never refused (the protocol asks for that).
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Hub, hubAgent } from '../../domain/desk/hub';
import { type Refusal, refuse, sendRefusal } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Receive } from '../../domain/message/letter';
import type { Towns } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import { type AgentAction, actionActivity } from '../queue/action';

const NOT_SIGNED = refuse(401, 'not-signed', 'Sign it by the scheme of Standard Webhooks with the key of this installation');
const NOT_AN_ACTIVITY = refuse(400, 'bad-request', 'The body is no Bot Framework activity of a conversation');

const FRESH_MS = 5 * 60_000;
const LONGEST = 4000;
/** What a hub has seen is not known: its words go out as they come. */
const SEEN_ALL = Number.MAX_SAFE_INTEGER;

const Said = z.looseObject({
  type: z.string().max(100),
  id: z.string().max(200).optional(),
  name: z.string().max(100).optional(),
  text: z.string().max(LONGEST).optional(),
  conversation: z.looseObject({ id: z.string().min(1).max(200) }),
  from: z.looseObject({ name: z.string().max(100).optional() }).optional(),
  value: z.looseObject({ state: z.string().max(100).optional(), message: z.string().max(LONGEST).optional() }).optional(),
});
type Said = z.infer<typeof Said>;

export interface HubParts {
  /** `whsec_` and the key in base64; nothing is taken without it. */
  secret?: string;
  towns: Towns;
  conversations: Conversations;
  receive: Receive;
  clock: () => Date;
}

export function createHubRoutes({ secret, towns, conversations, receive, clock }: HubParts): Route[] {
  function isSigned(headers: Record<string, unknown>, body: Buffer): boolean {
    const [id, at, signed] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => String(headers[name] ?? ''));
    if (!secret || Math.abs(clock().getTime() - Number(at) * 1000) > FRESH_MS) return false;
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const own = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest();
    return (signed ?? '').split(' ').some((one) => {
      const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
      return given.length === own.length && timingSafeEqual(given, own);
    });
  }

  async function hear(said: Said, raw: Buffer): Promise<Refusal | null> {
    const conversation = (await conversations.find(said.conversation.id))?.conversation;
    const hub = conversation && towns.get(conversation.town)?.hub;
    if (!conversation || !hub || conversation.queue?.hub !== hub.name)
      return refuse(404, 'not-found', 'This conversation was not handed over to this hub');
    const { id, town, channel, address } = conversation;
    const key = said.id ?? createHash('sha256').update(raw).digest('hex').slice(0, 32);
    const by = { id: hubAgent(hub.name), name: said.from?.name?.trim() || hub.name };
    const activity = actionActivity(actionOf(said, hub), by, clock().toISOString());
    await receive({ id: `desk:${by.id}:${key}`, town, channel, conversation: id, address, activity });
    return null;
  }

  return [
    {
      method: 'post',
      caller: 'provider',
      path: '/hooks/handoff',
      body: 'json',
      async handle({ request, response, body, rawBody }) {
        if (!isSigned(request.headers, rawBody)) return sendRefusal(response, NOT_SIGNED);
        const read = Said.safeParse(body);
        const refusal = read.success ? await hear(read.data, rawBody) : NOT_AN_ACTIVITY;
        if (refusal) return sendRefusal(response, refusal);
        response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
        response.end('{}');
      },
    },
  ];
}

function actionOf({ type, name, text, value = {} }: Said, { name: hub }: Hub): AgentAction {
  const { state, message } = value;
  if (type === 'message' && text?.trim()) return { kind: 'say', text: text.trim(), seenLine: SEEN_ALL };
  if (type === 'event' && name === 'handoff.status') {
    if (state === 'accepted') return { kind: 'claim' };
    if (state === 'completed') return { kind: 'close', outcome: 'answered' };
    if (state === 'failed') return { kind: 'hubFailed' };
  }
  return { kind: 'note', text: [hub, name ?? type, state, message].filter(Boolean).join(' · ') };
}
