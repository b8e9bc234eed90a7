/**
 * How a citizen's client gets into a conversation: a visitor's token from the town's page,
 * a token for a server's user, start, reconnect, refresh (protocols.md 2.1). Asking for a
 * token writes nothing; a conversation begins to exist when it is started.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '../../domain/http/refusal';
import type { Town } from '../../domain/town';
import type { Exchange } from '../channel';
import type { Access, Citizen } from './access';
import { type Allowance, addressOf } from './allowance';
import type { Answer } from './answer';
import type { Call } from './call';
import type { Intake } from './intake';
import type { Origins } from './origins';
import type { WebParts } from './parts';
import { readWatermark, streamBase } from './present';
import { newConversationId, newUserId, type Pass, TOKEN_SECONDS, type Tokens } from './tokens';

const tokenBody = z.object({
  user: z.object({ id: z.string().max(200).optional() }).optional(),
  trustedOrigins: z.array(z.url()).max(20).optional(),
  town: z.string().optional(),
});
const startBody = tokenBody.extend({ locale: z.string().max(35).optional().catch(undefined) });

interface Inside {
  parts: WebParts;
  tokens: Tokens;
  access: Access;
  origins: Origins;
  allowance: Allowance;
  intake: Intake;
}

export function conversationCalls({ parts, tokens, access, origins, allowance, intake }: Inside): Call[] {
  const newPass = (town: Town, user: string, trusted?: string[]): Pass => ({
    conv: newConversationId(town.id),
    user,
    town: town.id,
    ...(trusted ? { origins: trusted } : {}),
  });

  const handed = (pass: Pass) => ({ conversationId: pass.conv, token: tokens.issue(pass), expires_in: TOKEN_SECONDS });

  /** With the token goes the address of its stream, which ends when the token does. */
  function connected(pass: Pass, after: number) {
    const ends = Math.floor(parts.clock().getTime() / 1000) + TOKEN_SECONDS;
    const ticket = tokens.issueStream({ ...pass, after, ends });
    const streamUrl = `${streamBase(parts.publicUrl())}/v3/directline/conversations/${pass.conv}/stream?t=${ticket}`;
    return { ...handed(pass), streamUrl };
  }

  function serverTown(exchange: Exchange, named: string | undefined): Town | Refusal {
    const all = parts.towns.list();
    const id = named ?? exchange.query.get('town') ?? (all.length === 1 ? all[0]!.id : undefined);
    if (id === undefined) return refuse(400, 'TownMissing', 'Several towns live here: name one with ?town=<id>.');
    return parts.towns.get(id) ?? refuse(404, 'UnknownTown', 'There is no such town.');
  }

  async function visitor({ request, params }: Exchange): Promise<Answer> {
    const town = parts.towns.get(params.town ?? '');
    if (!town) return refuse(404, 'UnknownTown', 'There is no such town.');
    const { origin } = request.headers;
    if (!origin) return refuse(403, 'OriginMissing', 'Send the header "Origin" of the page that carries the chat.');
    if (!origins.mayEmbed(town, origin)) {
      return refuse(403, 'OriginNotAllowed', `Pages of ${origin} may not carry this chat: see allowedOrigins in town.yml.`);
    }
    const spent = await allowance.conversation(addressOf(request, parts.clientIp));
    if (spent) return spent;
    const { name, languages, theme } = town;
    return { status: 200, body: { ...handed(newPass(town, newUserId())), town: { name, colour: theme?.colour, languages } } };
  }

  async function generate(exchange: Exchange): Promise<Answer> {
    const who = access.caller(exchange);
    if (isRefusal(who)) return who;
    if (who.kind !== 'server') return refuse(403, 'Forbidden', 'Only the Direct Line secret makes tokens.');
    const asked = tokenBody.safeParse(exchange.body ?? {});
    if (!asked.success) return unreadable(asked.error);
    const { user, trustedOrigins, town: named } = asked.data;
    if (user?.id && !user.id.startsWith('dl_')) return refuse(400, 'BadUser', 'A user id inside a token must begin with dl_.');
    const town = serverTown(exchange, named);
    if (isRefusal(town)) return town;
    const trusted = trustedOrigins?.map((url) => new URL(url).origin);
    return { status: 200, body: handed(newPass(town, user?.id ?? newUserId(), trusted)) };
  }

  async function refresh(exchange: Exchange): Promise<Answer> {
    const who = access.caller(exchange);
    if (isRefusal(who)) return who;
    if (who.kind !== 'citizen')
      return refuse(403, 'Forbidden', 'The Direct Line secret does not expire; there is nothing to refresh.');
    return { status: 200, body: handed(passOf(who)) };
  }

  async function start(exchange: Exchange): Promise<Answer> {
    const asked = startBody.safeParse(exchange.body ?? {});
    if (!asked.success) return unreadable(asked.error);
    const who = await starter(exchange, asked.data);
    if (isRefusal(who)) return who;
    const spent = await allowance.read(who.conv);
    if (spent) return spent;
    const known = await intake.start(who, asked.data.locale);
    if (typeof known !== 'string') return known;
    return { status: known === 'new' ? 201 : 200, body: connected(passOf(who), 0) };
  }

  /** A token starts the conversation it was made for; a server's secret starts a fresh one. */
  async function starter(exchange: Exchange, { user, town: named }: z.infer<typeof startBody>): Promise<Citizen | Refusal> {
    const who = access.caller(exchange);
    if (isRefusal(who) || who.kind === 'citizen') return who;
    if (user?.id?.startsWith('dl_')) return refuse(403, 'ReservedUser', 'User ids that begin with dl_ are given by tokens only.');
    const town = serverTown(exchange, named);
    if (isRefusal(town)) return town;
    return { ...newPass(town, user?.id || newUserId()), kind: 'citizen' };
  }

  async function reconnect(exchange: Exchange): Promise<Answer> {
    const who = access.member(exchange);
    if (isRefusal(who)) return who;
    const spent = await allowance.read(who.conv);
    if (spent) return spent;
    const watermark = exchange.query.get('watermark');
    const seen = readWatermark(watermark);
    if (seen === null) return refuse(400, 'BadWatermark', 'This watermark was not given by this server.');
    // Without a watermark only what comes after this call is wanted. An empty one is sent by a client whose
    // stream broke before it saw anything: it gets everything, or it would miss the greeting.
    const after = watermark === null ? ((await parts.feed.last(who.conv)) ?? 0) : seen;
    return { status: 200, body: connected(passOf(who), after) };
  }

  /** Direct Line names a browser session for sign-in cards; ours is the conversation's, which tells nothing. */
  async function session(exchange: Exchange): Promise<Answer> {
    const who = access.caller(exchange);
    if (isRefusal(who)) return who;
    const of = who.kind === 'citizen' ? who.conv : 'server';
    return { status: 200, body: { sessionId: createHash('sha256').update(of).digest('hex').slice(0, 32) } };
  }

  return [
    { caller: 'visitor', method: 'post', path: '/widget/:town/token', answer: visitor },
    { method: 'post', path: '/v3/directline/tokens/generate', body: 'json', answer: generate },
    { method: 'post', path: '/v3/directline/tokens/refresh', answer: refresh },
    { method: 'post', path: '/v3/directline/conversations', body: 'json', answer: start },
    { method: 'get', path: '/v3/directline/conversations/:id', answer: reconnect },
    { method: 'get', path: '/v3/directline/session/getsessionid', answer: session },
  ];
}

/** A token always names a user, also when a server asks for it that named none. */
function passOf({ conv, user, town, origins }: Citizen): Pass {
  return { conv, user: user || newUserId(), town, ...(origins ? { origins } : {}) };
}

function unreadable(error: z.ZodError): Refusal {
  const issue = error.issues[0]!;
  return refuse(400, 'BadRequest', `The request cannot be read: ${issue.path.join('.') || 'body'}: ${issue.message}.`);
}
