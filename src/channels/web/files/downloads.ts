/**
 * A file shown or downloaded in the citizen's own conversation. Its address is signed for
 * that conversation and for an hour; what is not a picture we drew ourselves is never shown
 * by a browser, only saved, and nothing in it may run (attack case 9).
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refuse } from '../../../domain/http/refusal';
import { type FileMeta, isPicture } from '../../../domain/message/file';
import type { Exchange, Route } from '../../channel';
import { send } from '../answer';
import type { WebParts } from '../parts';
import type { Tokens } from '../tokens';

export function downloadRoute({ files }: Pick<WebParts, 'files'>, tokens: Tokens): Route {
  async function handle({ response, params, query }: Exchange): Promise<void> {
    const pass = tokens.readFile(query.get('t') ?? '');
    if (pass === 'expired')
      return send(response, refuse(403, 'TokenExpired', 'This address has expired; the conversation has a fresh one.'));
    if (pass === 'invalid' || pass.file !== params.id)
      return send(response, refuse(403, 'Forbidden', 'This address does not open this file.'));
    const file = await files.get(pass.file);
    // Whoever signed it, a file opens only in the conversation it was sent in.
    if (!file || file.meta.conversation !== pass.conv) return send(response, refuse(404, 'NotFound', 'There is no such file.'));
    response.writeHead(200, headers(file.meta));
    // A client that goes away half-way is its own business.
    await pipeline(Readable.from(file.stream), response).catch(() => response.destroy());
  }

  return { caller: 'citizen', method: 'get', path: '/files/:id', body: 'none', handle };
}

export function headers({ contentType, name, size }: FileMeta): Record<string, string> {
  const disposition = isPicture({ contentType }) ? 'inline' : 'attachment';
  const ascii = name.replace(/[^\w .-]/g, '_');
  return {
    'Content-Type': contentType,
    'Content-Length': String(size),
    'Content-Disposition': `${disposition}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    // The chat stands in other sites' pages, which must be able to show the citizen's own photo.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'private, max-age=3600',
  };
}
