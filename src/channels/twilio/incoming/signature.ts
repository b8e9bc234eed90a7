/**
 * Who is calling? A webhook is Twilio's only if it is signed with our token over the address
 * we configured and over every parameter (protocols.md 1.2). Nothing is read or written before.
 */
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks';

export interface SignedRequest {
  /** The `X-Twilio-Signature` header. */
  signature: string | undefined;
  /** Path and query exactly as they came in, never rebuilt. */
  target: string;
  rawBody: Buffer;
}

export interface Account {
  accountSid: string;
  authToken: string;
  /** Scheme, host and any path prefix that Twilio was given; `Host` and `X-Forwarded-*` are never asked. */
  publicUrl: string;
}

export type Verdict =
  | { isTrusted: true; form: Form }
  | {
      isTrusted: false;
      status: 400 | 403 | 500;
      reason: 'unsigned' | 'bad-signature' | 'no-token' | 'wrong-account' | 'bad-form';
    };

/** Parameters by name without a prototype; a repeated one keeps every value. */
export type Form = Record<string, string | string[]>;

/** Twilio sends some sixty with ten pictures; whoever sends more is not Twilio, and is not read. */
const MOST_PARAMETERS = 256;
const AMPERSAND = '&'.charCodeAt(0);

/** Null when there are more parameters than Twilio would send; nothing is read then. */
export function readForm(rawBody: Buffer): Form | null {
  if (hasMoreThan(MOST_PARAMETERS - 1, AMPERSAND, rawBody)) return null;
  const form: Form = Object.create(null);
  for (const [name, value] of new URLSearchParams(rawBody.toString('utf8'))) {
    const before = form[name];
    if (Array.isArray(before)) before.push(value);
    else form[name] = before === undefined ? value : [before, value];
  }
  return form;
}

function hasMoreThan(most: number, sign: number, bytes: Buffer): boolean {
  let count = 0;
  for (let at = bytes.indexOf(sign); at !== -1; at = bytes.indexOf(sign, at + 1)) {
    count += 1;
    if (count > most) return true;
  }
  return false;
}

export function verify(request: SignedRequest, account: Account): Verdict {
  if (!request.signature) return { isTrusted: false, status: 400, reason: 'unsigned' };
  if (!account.authToken) return { isTrusted: false, status: 500, reason: 'no-token' };
  const url = account.publicUrl.replace(/\/+$/, '') + request.target;
  if (!URL.canParse(url)) return { isTrusted: false, status: 403, reason: 'bad-signature' };
  const form = readForm(request.rawBody);
  if (!form) return { isTrusted: false, status: 400, reason: 'bad-form' };
  const isSigned = new URL(url).searchParams.has('bodySHA256')
    ? validateRequestWithBody(account.authToken, request.signature, url, request.rawBody.toString('utf8'))
    : validateRequest(account.authToken, request.signature, url, form);
  if (!isSigned) return { isTrusted: false, status: 403, reason: 'bad-signature' };
  // Two accounts may share a token through a proxy or a leak; ours is the only one we act for.
  if (form.AccountSid !== account.accountSid) return { isTrusted: false, status: 403, reason: 'wrong-account' };
  return { isTrusted: true, form };
}
