/**
 * The one place that speaks Twilio's REST API, by Twilio's own SDK. The origin is a setting, so
 * that a town's service can be developed and tested against the fake carrier without an account.
 */
import http from 'node:http';
import { RequestClient, Twilio } from 'twilio';

export interface Account {
  accountSid: string;
  authToken: string;
  /** Asked instead of Twilio's hosts; an address of Twilio's own (another region's) stands for the message API alone. */
  apiUrl?: string;
  /** How long an answer is waited for before the outcome counts as unknown. */
  timeoutMs: number;
}

/** A body and where it goes; either `from` or `messagingServiceSid`, either `body`/`mediaUrl` or `contentSid`. */
export interface MessageRequest {
  to: string;
  from?: string;
  messagingServiceSid?: string;
  body?: string;
  mediaUrl?: string[];
  contentSid?: string;
  contentVariables?: string;
  statusCallback: string;
}

/** A message as Twilio knows it. */
export interface KnownMessage {
  sid: string;
  body: string;
  status: string;
  errorCode?: number;
  createdAt: Date;
}

/** As it goes over the wire: the SDK posts it untouched. */
export interface ContentRequest {
  friendly_name: string;
  language: string;
  types: Record<string, unknown>;
}

export interface Client {
  send(request: MessageRequest): Promise<KnownMessage>;
  /** What went to an address lately, newest first. */
  sentTo(address: string, since: Date): Promise<KnownMessage[]>;
  createContent(request: ContentRequest): Promise<string>;
  /** Contents of ours that stand at Twilio: sid by friendly name. */
  contents(prefix: string): Promise<Map<string, string>>;
  removeContent(sid: string): Promise<void>;
  close(): void;
}

/** Messages to one citizen that a reconciliation looks through. */
const LISTED = 200;
const CONTENTS_LISTED = 2000;
const SOCKETS = 60;

export function createClient({ accountSid, authToken, apiUrl, timeoutMs }: Account): Client {
  const agent = new http.Agent({ keepAlive: true, maxSockets: SOCKETS });

  class Requests extends RequestClient {
    override request: RequestClient['request'] = (options) => {
      return super.request({ ...options, uri: addressFor(options.uri, apiUrl) });
    };
  }
  const httpClient = new Requests({ timeout: timeoutMs, keepAlive: true, maxSockets: SOCKETS });
  httpClient.axios.defaults.httpAgent = agent;
  // Edge and region are given, so that the SDK does not look for them in the environment.
  const twilio = new Twilio(accountSid, authToken, { httpClient, edge: '', region: '' });

  return {
    async send(request) {
      return known(await twilio.messages.create(request));
    },
    async sentTo(to, since) {
      const listed = await twilio.messages.list({ to, limit: LISTED, pageSize: LISTED });
      return listed.map(known).filter(({ createdAt }) => createdAt >= since);
    },
    async createContent(request) {
      // The SDK's types name the fields otherwise than the API does.
      const { sid } = await twilio.content.v1.contents.create(request as never);
      return sid;
    },
    async contents(prefix) {
      const listed = await twilio.content.v1.contents.list({ limit: CONTENTS_LISTED });
      return new Map(
        listed.filter(({ friendlyName }) => friendlyName.startsWith(prefix)).map(({ friendlyName, sid }) => [friendlyName, sid]),
      );
    },
    async removeContent(sid) {
      await twilio.content.v1.contents(sid).remove();
    },
    close() {
      agent.destroy();
      (httpClient.axios.defaults.httpsAgent as http.Agent).destroy();
    },
  };
}

/** Where a request really goes. A carrier or a proxy stands for all of Twilio's products; another region's host only for the API's own. */
export function addressFor(uri: string, apiUrl: string | undefined): string {
  if (!apiUrl) return uri;
  const { pathname, search, hostname } = new URL(uri);
  const isTwilios = new URL(apiUrl).hostname.endsWith('.twilio.com');
  return isTwilios && hostname !== 'api.twilio.com' ? uri : new URL(pathname + search, apiUrl).href;
}

function known(message: {
  sid: string;
  body: string | null;
  status: string;
  errorCode: number | null;
  dateCreated: Date | null;
}): KnownMessage {
  return {
    sid: message.sid,
    body: message.body ?? '',
    status: message.status,
    ...(message.errorCode ? { errorCode: message.errorCode } : {}),
    createdAt: message.dateCreated ?? new Date(0),
  };
}
