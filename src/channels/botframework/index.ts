/**
 * Teams and every other channel of the Azure Bot Service: the same bot, one address. A message is
 * verified, written down and only then answered with 200; replies leave by the channel's own service,
 * to places on a list and nowhere else. Made only when there is an app id: without one nobody could
 * be told from anybody.
 */
import { refuse, sendRefusal } from '../../domain/http/refusal';
import type { Exchange, Route } from '../../domain/http/route';
import type { Town } from '../../domain/town';
import type { Channel, Delivery, Letter, Receive } from '../channel';
import { createCloud, type Endpoints, PUBLIC_CLOUD } from './cloud';
import { readActivity } from './incoming';
import { deliveryForFault, Refused } from './outcome';
import { readAddress } from './reference';
import { replyFor } from './reply';
import { createServiceUrls, USUAL_SERVICE_URLS } from './service-urls';
import { createAppToken } from './token';

const SECOND = 1000;

export interface BotFrameworkParts {
  /** The bot's registration in Azure; never empty. */
  appId: string;
  appPassword: string;
  /** The directory the registration belongs to; without it, the multi-tenant one of older bots. */
  tenantId?: string;
  /** Origins answers may be posted to: `https://name` or `https://*.name`. The public cloud's when absent. */
  allowedServiceUrls?: string[];
  /** Another cloud than the public one. */
  endpoints?: Partial<Endpoints>;
  /** Whose bot this registration is. */
  town: string;
  towns: { get(id: string): Town | undefined };
  receive: Receive;
  /** Address under which a citizen may open a stored file (`/files/…`), or null. Absolute addresses pass as they are. */
  fileLink?: (contentUrl: string) => string | null;
  clock: () => Date;
  log: (event: string, fields: Record<string, unknown>) => void;
  /** How long the channel may take to accept a reply before its outcome counts as unknown. */
  postTimeoutMs?: number;
  /** How long the signing keys are waited for. */
  verifyTimeoutMs?: number;
}

export interface BotFramework {
  channel: Channel;
  routes: Route[];
}

/** Throws when there is no app id, no such town, or an unreadable service URL. */
export function createBotFramework(parts: BotFrameworkParts): BotFramework {
  const { appId, appPassword, town, towns, receive, clock, log } = parts;
  if (!appId || !appPassword) throw new Error('The Bot Framework channel needs an app id and its password');
  if (!towns.get(town)) throw new Error(`The Bot Framework channel is for the town "${town}", which is not on this installation`);
  const isAllowed = createServiceUrls(parts.allowedServiceUrls ?? USUAL_SERVICE_URLS);
  const endpoints = { ...PUBLIC_CLOUD, ...parts.endpoints };
  const authority = `${endpoints.loginUrl}/${parts.tenantId ?? 'botframework.com'}`;
  const token = createAppToken({ appId, appPassword, authority, scope: endpoints.scope, clock });
  const cloud = createCloud({
    appId,
    endpoints,
    isAllowed,
    token,
    postTimeoutMs: parts.postTimeoutMs ?? 10 * SECOND,
    verifyTimeoutMs: parts.verifyTimeoutMs ?? 8 * SECOND,
    clock,
  });
  const linkTo = (url: string) => (/^https?:\/\//.test(url) && URL.canParse(url) ? url : (parts.fileLink?.(url) ?? null));

  async function messages({ request, response, body }: Exchange): Promise<void> {
    const about = { channelId: textIn(body, 'channelId'), serviceUrl: textIn(body, 'serviceUrl') };
    const verdict = await cloud.verify(request.headers.authorization ?? '', about);
    if (verdict !== 'trusted') log('activity-refused', { reason: verdict === 'away' ? 'keys-unreachable' : 'untrusted' });
    if (verdict === 'away') return sendRefusal(response, later('KeysUnreachable', 'The signing keys cannot be had just now'));
    if (verdict === 'untrusted')
      return sendRefusal(response, refuse(401, 'Unauthorized', 'This request is not signed by the Bot Framework for us'));

    const reading = readActivity(body, { appId, town, isAllowed, now: clock() });
    if ('refused' in reading) {
      const { status, code, message, fields } = reading.refused;
      log('activity-refused', { reason: code, ...(fields ? { fields } : {}) });
      return sendRefusal(response, refuse(status, code, message));
    }
    // Told, because the bot seems deaf there; the other kinds (typing, reactions) are many and mean nothing.
    if ('ignored' in reading && reading.ignored === 'group') log('group-ignored', { town });
    try {
      if ('message' in reading) await receive(reading.message);
    } catch (error) {
      log('activity-not-written', { reason: error instanceof Error ? error.name : 'unknown' });
      return sendRefusal(response, later('NotWrittenDown', 'The message could not be kept just now'));
    }
    response.writeHead(200);
    response.end();
  }

  /**
   * The connector has no key that would make a repeated request harmless, and cannot be asked what it
   * showed: after an unknown outcome the mailroom posts again. Twice is better than not at all.
   */
  async function deliver(message: Letter, isOurs: () => boolean): Promise<Delivery> {
    const reference = readAddress(message.address);
    if (!reference) return { outcome: 'never', reason: 'bad-address' };
    const reply = replyFor(message.activity, reference.channelId, linkTo);
    if (!reply) return { outcome: 'never', reason: 'nothing-to-say' };
    try {
      const providerId = await cloud.post(reference, reply, isOurs);
      return { outcome: 'sent', ...(providerId ? { providerId } : {}) };
    } catch (error) {
      if (error instanceof Refused && error.status === 401) token.forget();
      return deliveryForFault(error);
    }
  }

  return {
    channel: { name: 'botframework', courier: { lane: 'botframework', deliver } },
    routes: [{ caller: 'provider', method: 'post', path: '/api/messages', body: 'json', handle: messages }],
  };
}

/** Read before anything is known to be well formed: the token is checked against these two. */
function textIn(body: unknown, field: 'channelId' | 'serviceUrl'): string {
  const value = (body as Record<string, unknown> | null)?.[field];
  return typeof value === 'string' ? value : '';
}

const later = (code: string, message: string) => refuse(503, code, message, { retryAfterSeconds: 1 });
