/**
 * Twilio's own SDK, opened for one account. The origin is a setting, so that a town's service can
 * be developed, tested and checked against the fake carrier without an account. It is large, and loaded when it is first
 * asked for something.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import https from 'node:https';
import type { RequestClient, Twilio } from 'twilio';
import { onceConnected, whileOurs } from '../../domain/http/departure';

export interface Account {
  accountSid: string;
  authToken: string;
  /** Asked instead of Twilio's hosts; an address of Twilio's own (another region's) stands for the message API alone. */
  apiUrl?: string;
  /** How long an answer is waited for before the outcome counts as unknown. */
  timeoutMs: number;
}

export interface Sdk {
  twilio: Twilio;
  /** Where messages and their media are asked for. */
  apiOrigin: string;
  /** What `work` asks of Twilio leaves only if `isOurs` says yes at the last moment, else it fails with code 'lease-over'. */
  whileOurs<Done>(isOurs: () => boolean, work: () => Promise<Done>): Promise<Done>;
  close(): void;
}

type Transport = { request: typeof http.request };

const leaving = new AsyncLocalStorage<() => boolean>();

const TWILIO_API = 'https://api.twilio.com';
const SOCKETS = 60;

type Opened = Pick<Sdk, 'twilio' | 'close'>;

export function openSdk(account: Account): Sdk {
  let opened: Opened | undefined;
  return {
    apiOrigin: new URL(account.apiUrl ?? TWILIO_API).origin,
    get twilio() {
      opened ??= load(account);
      return opened.twilio;
    },
    whileOurs: (isOurs, work) => leaving.run(isOurs, work),
    close: () => opened?.close(),
  };
}

function load({ accountSid, authToken, apiUrl, timeoutMs }: Account): Opened {
  const sdk = require('twilio') as typeof import('twilio');
  // Only with a limit of its own does an agent heed the other side's, and let go of a connection before it is closed there.
  const agent = onceConnected(new http.Agent({ keepAlive: true, maxSockets: SOCKETS, timeout: timeoutMs }));

  class Requests extends sdk.RequestClient {
    override request: RequestClient['request'] = (options) => {
      return super.request({ ...options, uri: addressFor(options.uri, apiUrl) });
    };
  }
  const httpClient = new Requests({ timeout: timeoutMs, keepAlive: true, maxSockets: SOCKETS });
  httpClient.axios.defaults.httpAgent = agent;
  onceConnected(httpClient.axios.defaults.httpsAgent as https.Agent);
  httpClient.axios.interceptors.request.use((config) => {
    const isOurs = leaving.getStore();
    if (isOurs) config.transport = transportWhile(isOurs);
    return config;
  });
  return {
    // Edge and region are given, so that the SDK does not look for them in the environment.
    twilio: new sdk.Twilio(accountSid, authToken, { httpClient, edge: '', region: '' }),
    close() {
      agent.destroy();
      (httpClient.axios.defaults.httpsAgent as http.Agent).destroy();
    },
  };
}

/** What axios makes a request by. */
function transportWhile(isOurs: () => boolean): Transport {
  return {
    request: ((options: https.RequestOptions, onAnswer: (answer: http.IncomingMessage) => void) => {
      const { request } = options.protocol === 'https:' ? https : http;
      return whileOurs(request(options, onAnswer), isOurs);
    }) as typeof http.request,
  };
}

/** Where a request really goes. A carrier or a proxy stands for all of Twilio's products; another region's host only for the API's own. */
export function addressFor(uri: string, apiUrl: string | undefined): string {
  if (!apiUrl) return uri;
  const { pathname, search, hostname } = new URL(uri);
  const isTwilios = new URL(apiUrl).hostname.endsWith('.twilio.com');
  return isTwilios && hostname !== 'api.twilio.com' ? uri : new URL(pathname + search, apiUrl).href;
}
