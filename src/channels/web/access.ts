/**
 * Who is calling: a citizen's client with its token, good for one conversation, or a server
 * with the Direct Line secret. Every Direct Line call and every stream passes here first.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isRefusal, type Refusal, refuse } from '../../domain/http/refusal';
import type { Exchange } from '../channel';
import type { Origins } from './origins';
import type { WebParts } from './parts';
import { type Pass, type Tokens, townOf } from './tokens';

export type Citizen = Pass & { kind: 'citizen' };
type Caller = Citizen | { kind: 'server' };

const FORBIDDEN = 'This token is not valid here. Ask for a new one.';

export type Access = ReturnType<typeof createAccess>;

export function createAccess(parts: Pick<WebParts, 'towns' | 'directLineSecret'>, tokens: Tokens, origins: Origins) {
  const { towns, directLineSecret } = parts;

  function caller({ request }: Exchange): Caller | Refusal {
    const { authorization, origin } = request.headers;
    const shown = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
    if (!shown) return refuse(401, 'MissingToken', 'Send the header "Authorization: Bearer <token>".');
    if (directLineSecret && isSame(shown, directLineSecret)) {
      // In a page everyone can read it, and it opens every conversation.
      if (origin) return refuse(403, 'SecretInBrowser', 'The Direct Line secret is for servers; a page uses a token.');
      return { kind: 'server' };
    }
    const pass = tokens.read(shown);
    if (pass === 'expired') return refuse(403, 'TokenExpired', 'This token has expired. Ask for a new one.');
    if (pass === 'invalid') return refuse(403, 'Forbidden', FORBIDDEN);
    return pageRefused(pass, origin) ?? { ...pass, kind: 'citizen' };
  }

  function pageRefused(pass: Pick<Pass, 'town' | 'origins'>, origin: string | undefined): Refusal | null {
    const town = towns.get(pass.town);
    if (!town) return refuse(403, 'Forbidden', FORBIDDEN);
    if (!origin) return null;
    const isMeant = pass.origins === undefined || pass.origins.includes(origin);
    if (isMeant && origins.mayEmbed(town, origin)) return null;
    return refuse(403, 'OriginNotAllowed', `Pages of ${origin} may not use this town's chat: see allowedOrigins in town.yml.`);
  }

  return {
    caller,
    pageRefused,
    /** The caller's right to the conversation in the path. For a server it is made up from the conversation's own id. */
    member(exchange: Exchange): Citizen | Refusal {
      const who = caller(exchange);
      if (isRefusal(who)) return who;
      const conversation = exchange.params.id ?? '';
      if (who.kind === 'citizen') {
        return who.conv === conversation ? who : refuse(403, 'Forbidden', 'This token belongs to another conversation.');
      }
      const town = townOf(conversation);
      if (!town || !towns.get(town)) return refuse(404, 'NotFound', 'There is no such conversation.');
      return { kind: 'citizen', conv: conversation, user: '', town };
    },
  };
}

/** Compared by digest, so that neither length nor time tells anything about the secret. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
