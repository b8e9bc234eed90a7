/**
 * The carrier's HTTP side: Twilio's REST API for messages and media as the contract has it, the
 * Content API for buttons and templates, what an account owns, and the storage that pictures are redirected to.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Console } from './account';
import { createAccountApi } from './account-api';
import { type Answer, type Call, json, refusal } from './answer';
import { createContentApi } from './content-api';
import type { Contents } from './contents';
import type { Contract } from './contract';
import type { Fault, Faults } from './faults';
import { isWhatsApp, type Media, type Message, type Messages, presentMedia, presentMessage } from './messages';
import type { Acceptance } from './outgoing';

export interface ApiParts {
  accountSid: string;
  authToken: string;
  origin(): string;
  contract: Contract;
  messages: Messages;
  contents: Contents;
  console: Console;
  faults: Faults;
  showTyping(messageSid: string): void;
  accept(form: URLSearchParams): Acceptance;
  /** A request that the contract does not have. */
  onViolation(what: string): void;
  /** Credentials came to the storage, where none belong. */
  onLeak(): void;
}

const MOST_BODY = 1024 * 1024;

export function createApi(parts: ApiParts) {
  const { accountSid, contract, messages } = parts;
  const contentApi = createContentApi(parts);
  const isFromWhatsApp = (sid: string) => isWhatsApp(messages.get(sid)?.from ?? '') && messages.get(sid)?.direction === 'inbound';
  const accountApi = createAccountApi({ ...parts, isFromWhatsApp });
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`Basic ${Buffer.from(`${accountSid}:${parts.authToken}`).toString('base64')}`);
  /** Where a picture is stored, by a token that its redirect carries. */
  const storage = new Map<string, Media>();
  const root = `/2010-04-01/Accounts/${accountSid}/`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await answerTo(request);
    if (answer === 'cut') response.destroy();
    if (typeof answer === 'string') return;
    // Two statements: restify, in the same process, makes every `writeHead` return nothing.
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  }

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', parts.origin());
    if (path.startsWith('/storage/')) return stored(path, request);
    const isContents = path.startsWith('/v1/Content');
    if (parts.faults.isOut(isContents ? 'contents' : 'everything')) return refusal(503, 20503, 'Service unavailable');
    if (request.method === 'DELETE' && parts.faults.isOut('erasures')) return refusal(503, 20503, 'Service unavailable');
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return refusal(401, 20003, 'Authenticate');
    const call = { method: request.method ?? 'GET', path, query, body: await readBody(request) };
    if (isContents) return contentApi(call);
    const told = accountApi(call);
    if (told) return told;
    if (!path.startsWith(root)) return refusal(404, 20404, `The requested resource ${path} was not found`);
    const [, sid, mediaSid] = /\/Messages\/(\w+)\/Media\/(\w+)$/.exec(path) ?? [];
    if (sid && mediaSid) return redirectToStorage(sid, mediaSid);
    const form = new URLSearchParams(call.body);
    const fault = contract.faultIn(call.method, path, query, form);
    if (fault) {
      parts.onViolation(fault);
      return refusal(400, 20001, fault);
    }
    if (path === `${root}Messages.json`) return call.method === 'POST' ? create(form) : list(call);
    const [, messageSid, rest] = /\/Messages\/(\w+)(?:\.json|\/(.+))$/.exec(path) ?? [];
    const message = messages.get(messageSid ?? '');
    if (!message) return refusal(404, 20404, 'There is no such message');
    if (rest) return part(call, message, rest);
    if (call.method === 'DELETE') {
      messages.remove(message.sid);
      return { status: 204 };
    }
    if (form.get('Body') === '') message.body = '';
    if (form.get('Status') === 'canceled') return refusal(400, 30409, 'Only a scheduled message can be canceled');
    return json(200, presentMessage(message, accountSid));
  }

  function create(form: URLSearchParams): Answer {
    const accepted = parts.accept(form);
    if ('code' in accepted) return refusal(accepted.status, accepted.code, accepted.why);
    if (accepted.http) return answerOf(accepted.http);
    return 'message' in accepted ? json(201, presentMessage(accepted.message, accountSid)) : 'cut';
  }

  function list({ query, path }: Call): Answer {
    const size = Math.min(Number(query.get('PageSize') ?? 50), 1000);
    const page = Number(query.get('Page') ?? 0);
    const isWanted = (message: Message) =>
      (!query.has('To') || message.to === query.get('To')) &&
      (!query.has('From') || message.from === query.get('From')) &&
      isInDates(message, query);
    const found = messages.newest().filter(isWanted);
    const shown = found.slice(page * size, (page + 1) * size);
    const uriOf = (number: number) => {
      const asked = new URLSearchParams(query);
      asked.set('Page', String(number));
      return `${path}?${asked}`;
    };
    return json(200, {
      messages: shown.map((message) => presentMessage(message, accountSid)),
      page,
      page_size: size,
      start: page * size,
      end: page * size + Math.max(shown.length - 1, 0),
      uri: uriOf(page),
      first_page_uri: uriOf(0),
      previous_page_uri: page > 0 ? uriOf(page - 1) : null,
      next_page_uri: found.length > (page + 1) * size ? uriOf(page + 1) : null,
    });
  }

  function part({ method, path }: Call, message: Message, rest: string): Answer {
    if (rest === 'Feedback.json') {
      const at = new Date().toUTCString().replace('GMT', '+0000');
      return json(200, {
        account_sid: accountSid,
        message_sid: message.sid,
        outcome: 'confirmed',
        date_created: at,
        date_updated: at,
        uri: path,
      });
    }
    if (rest === 'Media.json') {
      const media_list = message.media.map((media) => presentMedia(media, message, accountSid));
      const paging = { page: 0, page_size: 50, start: 0, end: Math.max(media_list.length - 1, 0) };
      return json(200, { media_list, ...paging, uri: path, first_page_uri: path, previous_page_uri: null, next_page_uri: null });
    }
    const at = message.media.findIndex(({ sid }) => rest === `Media/${sid}.json`);
    if (at < 0) return refusal(404, 20404, 'There is no such media');
    if (method !== 'DELETE') return json(200, presentMedia(message.media[at]!, message, accountSid));
    message.media.splice(at, 1);
    return { status: 204 };
  }

  function redirectToStorage(sid: string, mediaSid: string): Answer {
    const media = messages.get(sid)?.media.find((one) => one.sid === mediaSid);
    if (!media) return refusal(404, 20404, 'There is no such media');
    const token = randomBytes(16).toString('hex');
    storage.set(token, media);
    if (storage.size > 1000) storage.delete(storage.keys().next().value!);
    return { status: 307, headers: { Location: `${parts.origin()}/storage/${token}` } };
  }

  function stored(path: string, request: IncomingMessage): Answer {
    if (request.headers.authorization) {
      parts.onLeak();
      return refusal(400, 20001, 'Only one way to authenticate is allowed');
    }
    const media = storage.get(path.slice('/storage/'.length));
    if (!media) return { status: 404 };
    return {
      status: 200,
      headers: { 'Content-Type': media.contentType, 'Content-Length': media.bytes.length },
      body: media.bytes,
    };
  }

  return { handle };
}

function answerOf(fault: Fault): Answer {
  if (fault.kind === 'cut') return 'cut';
  if (fault.kind === 'status') return refusal(fault.status, fault.status === 429 ? 20429 : 20500, 'Fault on purpose');
  return 'silence';
}

/** `DateSent`, `DateSent<` and `DateSent>` with a day or a moment, bounds included. */
function isInDates(message: Message, query: URLSearchParams): boolean {
  const at = (message.sentAt ?? message.createdAt).getTime();
  const [on, before, after] = ['DateSent', 'DateSent<', 'DateSent>'].map((name) => query.get(name));
  if (on && new Date(at).toISOString().slice(0, 10) !== on.slice(0, 10)) return false;
  if (before && at > new Date(before).getTime()) return false;
  return !(after && at < new Date(after).getTime());
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BODY) throw new Error('The request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
