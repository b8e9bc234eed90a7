/**
 * The two calls that carry a conversation: a citizen's message in, and what has been said
 * since out. Reading is how a client without a stream hears the bot's replies.
 */

import { isRefusal, refuse } from '../../domain/http/refusal';
import type { Exchange } from '../channel';
import type { Access } from './access';
import { type Allowance, addressOf } from './allowance';
import { type Answer, isPassing } from './answer';
import type { Call } from './call';
import { readIncoming } from './incoming';
import type { Intake } from './intake';
import type { WebParts } from './parts';
import { type Present, readWatermark } from './present';
import type { Readers } from './readers';
import { readSign } from './signs';

/** Lines in one answer; a client reads on until it gets none. */
export const PAGE = 100;

interface Inside {
  parts: Pick<WebParts, 'feed' | 'onReached' | 'onSign' | 'clientIp'>;
  access: Access;
  allowance: Allowance;
  intake: Intake;
  present: Present;
  readers: Readers;
  maxText: number;
}

export function activityCalls({ parts, access, allowance, intake, present, readers, maxText }: Inside): Call[] {
  async function post(exchange: Exchange): Promise<Answer> {
    const who = access.member(exchange);
    if (isRefusal(who)) return who;
    const sign = readSign(exchange.body);
    if (sign) {
      const tooMany = await allowance.sign(who.conv);
      if (!tooMany) parts.onSign?.(who.conv, sign);
      return tooMany ?? { status: 200, body: {} };
    }
    const spent = await allowance.message(who.conv, addressOf(exchange.request, parts.clientIp));
    if (spent) return spent;
    const incoming = readIncoming(exchange.body, { maxText, hasFiles: false });
    if (isRefusal(incoming)) return incoming;
    return intake.message(who, intake.idOf(who, incoming), incoming);
  }

  async function read(exchange: Exchange): Promise<Answer> {
    const who = access.member(exchange);
    if (isRefusal(who)) return who;
    const spent = await allowance.read(who.conv);
    if (spent) return spent;
    readers.read(who.conv);
    const after = readWatermark(exchange.query.get('watermark'));
    if (after === null) return refuse(400, 'BadWatermark', 'This watermark was not given by this server.');
    // A conversation that is not there yet is an empty one: its greeting is being written while the first read arrives,
    // and a client takes 404 for the end.
    const found = await lines(who.conv, after);
    if (found.some(({ from }) => from === 'agent')) parts.onReached?.(who.conv, found.at(-1)!.line);
    return { status: 200, body: present(who.conv, found, after) };
  }

  /** While the database is away there is nothing new: directlinejs stops polling for good at the first 5xx. */
  async function lines(conversation: string, after: number) {
    try {
      return await parts.feed.after(conversation, after, PAGE);
    } catch (error) {
      if (isPassing(error)) return [];
      throw error;
    }
  }

  const path = '/v3/directline/conversations/:id/activities';
  return [
    { method: 'post', path, body: 'json', answer: post },
    { method: 'get', path, answer: read },
  ];
}
