/**
 * E-mail as a channel: what a mail server hands over becomes a message of a conversation, and what is said there leaves
 * by the courier of the lane `email`, which carries notices and alerts too. Mail comes in by one address, or by the
 * operator's command beside the server (`npm run mail -- in`); both end in `accept`.
 */
import { timingSafeEqual } from 'node:crypto';
import { refuse, sendRefusal } from '../../domain/http/refusal';
import type { Exchange, Route } from '../../domain/http/route';
import type { Channel } from '../channel';
import type { Accept } from './accept';
import type { EmailCourier } from './courier';
import { MOST_BYTES } from './mail';
import { createReports, type ReportParts } from './reports';

export interface EmailParts extends ReportParts {
  /** Shown by whoever hands mail over. */
  secret?: string;
  accept: Accept;
  courier: EmailCourier;
  log: (event: string, fields: Record<string, unknown>) => void;
}

export function createEmail(parts: EmailParts): { channel: Channel; routes: Route[] } {
  const { secret, accept, courier, log } = parts;

  /** Whoever calls is known before a byte of up to 25 MB is read. */
  async function message({ request, response, query }: Exchange): Promise<void> {
    const shown = /^Bearer (\S{1,500})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!secret || !isSame(shown, secret)) {
      request.resume();
      return sendRefusal(response, refuse(401, 'Unauthorized', 'Mail is taken from whoever shows the secret of this address'));
    }
    const raw = await readRaw(request);
    if (!raw) return sendRefusal(response, refuse(413, 'MailTooLarge', `An e-mail may have ${MOST_BYTES} bytes`));
    try {
      const accepted = await accept(raw, query.get('to') ?? undefined);
      if (accepted === 'unreadable') return refused(response, 400, 'BadMail', 'This is no e-mail that can be read');
      if (accepted === 'no-town') return refused(response, 404, 'NoTown', 'No town has this address');
    } catch (error) {
      log('not-written', { reason: error instanceof Error ? error.name : 'unknown' });
      const later = refuse(503, 'NotWrittenDown', 'The message could not be kept just now', { retryAfterSeconds: 1 });
      return sendRefusal(response, later);
    }
    response.writeHead(200);
    response.end();
  }

  function refused(response: Exchange['response'], status: 400 | 404, code: string, said: string): void {
    log('refused', { reason: code });
    sendRefusal(response, refuse(status, code, said));
  }

  const routes: Route[] = [{ caller: 'provider', method: 'post', path: '/hooks/email/message', body: 'raw', handle: message }];
  return { channel: { name: 'mail', courier, fetch: createReports(parts) }, routes: secret ? routes : [] };
}

async function readRaw(request: Exchange['request']): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and forgotten, so that the answer can be heard.
    if (size <= MOST_BYTES) chunks.push(chunk);
    else chunks.length = 0;
    if (size > 2 * MOST_BYTES) break;
  }
  return size > MOST_BYTES ? null : Buffer.concat(chunks);
}

function isSame(shown: string, secret: string): boolean {
  const [one, other] = [Buffer.from(shown), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}
