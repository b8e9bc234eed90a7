/**
 * Requests that are handed to another authority by Open311 GeoReport v2 (protocols.md 3), and what is asked of it afterwards:
 * the reference behind a token, the state of requests. The protocol has no way to say a thing twice safely. So where it is
 * not known whether a request arrived it is looked for there, and unless that server knows a repeated sending, or it is
 * found, it is given up rather than made twice: a person then asks.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Open311Endpoint, type Partner, partnerOfAddress } from '../../domain/forwarding/partner';
import { deliveryForNetworkFault, readRetryAfter } from '../../domain/http/outcome';
import type { Courier, Delivery, Letter } from '../../domain/message/courier';
import { type Called, call } from './call';
import { type Opened, readOpened, readStatuses, type Status } from './read';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** About five days. */
const PATIENCE = { attempts: 170, longestWaitMs: 60 * MINUTE };
/** What the other clock may be behind or ahead. */
const CLOCKS_APART = 10 * MINUTE;

export interface Open311Parts {
  partnersOf: (town: string) => readonly Partner[];
  /** By the name that a town's file gives. */
  keys: Record<string, string>;
  privateHosts: readonly string[];
  clock: () => Date;
  timeoutMs?: number;
}

/** What a letter of this lane holds. */
export const Open311Letter = z.object({
  /** What stands in its description and in no other's. */
  mark: z.string(),
  at: z.iso.datetime(),
  form: z.record(z.string(), z.string()),
});

export interface Open311Client extends Courier {
  /** Where those of these requests stand that it tells of; null when it could not be asked. */
  statuses(town: string, partner: string, ids: readonly string[]): Promise<Status[] | null>;
  /** The reference that was promised; null while there is none. */
  promised(town: string, partner: string, token: string): Promise<string | null>;
}

export function createOpen311({ partnersOf, keys, privateHosts, clock, timeoutMs = 10 * SECOND }: Open311Parts): Open311Client {
  const asking = { privateHosts, timeoutMs };
  const endpointOf = (town: string, partner: string | null) => partnersOf(town).find(({ id }) => id === partner)?.open311;
  const keyOf = ({ key }: Open311Endpoint) => (key ? keys[key] : undefined);

  function addressOf(endpoint: Open311Endpoint, path: string, query: Record<string, string>): string {
    const key = endpoint.readsWithKey ? keyOf(endpoint) : undefined;
    const asked = new URLSearchParams({
      ...(endpoint.jurisdiction ? { jurisdiction_id: endpoint.jurisdiction } : {}),
      ...query,
      ...(key ? { api_key: key } : {}),
    });
    return `${endpoint.url}/${path}.${endpoint.format}?${asked}`;
  }

  async function ask(endpoint: Open311Endpoint, path: string, query: Record<string, string> = {}): Promise<string | null> {
    try {
      const { status, body } = await call(addressOf(endpoint, path, query), {}, asking);
      return status === 200 ? body : null;
    } catch {
      return null;
    }
  }

  async function post(letter: Letter, endpoint: Open311Endpoint, isOurs?: () => boolean): Promise<Delivery> {
    const read = Open311Letter.safeParse(letter.activity.value);
    if (!read.success) return { outcome: 'never', reason: 'nothing-to-say' };
    const key = keyOf(endpoint);
    // The operator adds it, and the letter must still be there then.
    if (endpoint.key && !key) return { outcome: 'later', reason: 'no-key', afterMs: 5 * MINUTE };
    const form = new URLSearchParams({
      ...(endpoint.jurisdiction ? { jurisdiction_id: endpoint.jurisdiction } : {}),
      ...read.data.form,
      ...(key ? { api_key: key } : {}),
    });
    const idempotencyKey = createHash('sha256').update(letter.id).digest('hex').slice(0, 32);
    try {
      return outcomeOf(
        await call(`${endpoint.url}/requests.${endpoint.format}`, { form, idempotencyKey }, asking, isOurs),
        endpoint,
      );
    } catch (error) {
      const { code } = error as { code?: unknown };
      return code === 'private-address' ? { outcome: 'later', reason: code } : deliveryForNetworkFault(code);
    }
  }

  function outcomeOf({ status, body, retryAfter }: Called, { format }: Open311Endpoint): Delivery {
    if (status >= 200 && status < 300) return { outcome: 'sent', providerId: providerIdOf(readOpened(body, format)) };
    const reason = `http-${status}`;
    if (status === 429 || status === 503) {
      const afterMs = readRetryAfter(retryAfter, clock());
      return { outcome: 'later', reason, ...(afterMs === undefined ? {} : { afterMs }) };
    }
    // A key that is not taken is put right by the operator.
    if (status === 401 || status === 403) return { outcome: 'later', reason, afterMs: 5 * MINUTE };
    return status >= 500 ? { outcome: 'unknown', reason } : { outcome: 'never', reason };
  }

  /** Whether it is there already: by the mark in its description, among those of its time. */
  async function look(letter: Letter, endpoint: Open311Endpoint): Promise<Delivery> {
    const read = Open311Letter.safeParse(letter.activity.value);
    if (!read.success) return { outcome: 'never', reason: 'nothing-to-say' };
    const { at, mark, form } = read.data;
    const query = {
      ...(form.service_code ? { service_code: form.service_code } : {}),
      start_date: new Date(Date.parse(at) - CLOCKS_APART).toISOString(),
      end_date: new Date(clock().getTime() + CLOCKS_APART).toISOString(),
    };
    const body = await ask(endpoint, 'requests', query);
    const found = body === null ? null : readStatuses(body, endpoint.format);
    if (!found) return { outcome: 'unknown', reason: 'no-answer' };
    const there = found.find(({ description }) => description.includes(mark));
    return there ? { outcome: 'sent', providerId: providerIdOf(there) } : { outcome: 'never', reason: 'perhaps-arrived' };
  }

  return {
    lane: 'open311',
    patience: () => PATIENCE,
    async deliver(letter, isOurs) {
      const endpoint = endpointOf(letter.town, partnerOfAddress(letter.address));
      if (!endpoint) return { outcome: 'never', reason: 'no-partner' };
      return post(letter, endpoint, isOurs);
    },
    async reconcile(letter) {
      const endpoint = endpointOf(letter.town, partnerOfAddress(letter.address));
      if (!endpoint) return { outcome: 'never', reason: 'no-partner' };
      return endpoint.knowsRepeats ? post(letter, endpoint) : look(letter, endpoint);
    },
    async statuses(town, partner, ids) {
      const endpoint = endpointOf(town, partner);
      const body = endpoint ? await ask(endpoint, 'requests', { service_request_id: ids.join(',') }) : null;
      return endpoint && body !== null ? readStatuses(body, endpoint.format) : null;
    },
    async promised(town, partner, token) {
      const endpoint = endpointOf(town, partner);
      const body = endpoint ? await ask(endpoint, `tokens/${encodeURIComponent(token)}`) : null;
      return (endpoint && body !== null && readOpened(body, endpoint.format)?.id) || null;
    },
  };
}

const TOKEN = 'token:';

/** What was answered, in one word: a reference, or a token for one; empty where neither was said. */
function providerIdOf(opened: Opened | null): string {
  return opened?.id ?? (opened?.token ? `${TOKEN}${opened.token}` : '');
}
