/**
 * Whether the outside world reaches the running service at PUBLIC_URL, whether it refuses what
 * Twilio did not sign, and whether it accepts what Twilio would sign: the last proves that the
 * address it signs over is the address it is called at.
 */
import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { MESSAGE_PATH } from '../../src/channels/twilio/services';
import { bad, type Finding, good, note } from './finding';

const STATUS_PATH = '/hooks/twilio/status';
const PATIENCE_MS = 15_000;
const PROXY = 'let the proxy hand on path, query and body unchanged, and the header X-Twilio-Signature.';

export interface ReachParts {
  publicUrl: string;
  accountSid: string;
  authToken: string;
  /** Where the service is really called, when this machine cannot call its own public address. */
  at?: string;
}

export async function checkReach(parts: ReachParts): Promise<Finding[]> {
  const { publicUrl, at } = parts;
  const findings: Finding[] = [];
  if (at) {
    findings.push(note(`Asked at ${at}: whether ${publicUrl} leads there, and its certificate, were not checked.`));
  } else if (!publicUrl.startsWith('https://')) {
    findings.push(bad(`PUBLIC_URL is ${publicUrl}, without encryption.`, 'give it a certificate and write it with https://.'));
  }
  const base = at ?? publicUrl;
  const alive = await ask('GET', `${base}/healthz`);
  if ('fault' in alive) return [...findings, connectionFault(base, alive.fault)];
  if (alive.status >= 300 && alive.status < 400) {
    const what = `${base}/healthz redirects to ${alive.location}; Twilio signs the address it calls, and loses the message on the way.`;
    return [...findings, bad(what, 'set PUBLIC_URL, and the webhooks, to where it leads.')];
  }
  if (alive.status !== 200 || !alive.body.includes('alive')) {
    const what = `${base}/healthz answers ${alive.status}, and not as Guichet does.`;
    return [...findings, bad(what, 'start the service, and let the proxy lead there, path unchanged.')];
  }
  findings.push(good(`${base} is reached${base.startsWith('https://') ? ', and its certificate is valid' : ''}.`));
  return [...findings, await refusesForgery(parts, base), await acceptsTwilio(parts, base)];
}

/** What a stranger may try: a message that is signed with another token. It names no sender of ours, so it can do no harm. */
async function refusesForgery({ publicUrl, accountSid }: ReachParts, base: string): Promise<Finding> {
  const form = { AccountSid: accountSid, MessageSid: newSid(), From: '+33639980000', To: '+33639980000', Body: '' };
  const signature = getExpectedTwilioSignature(randomBytes(16).toString('hex'), publicUrl + MESSAGE_PATH, form);
  const answer = await ask('POST', base + MESSAGE_PATH, form, signature);
  if ('fault' in answer) return connectionFault(base, answer.fault);
  if (answer.status === 403) return good('A message with a wrong signature is refused.');
  const what = `A message with a wrong signature is answered ${answer.status}, and not 403.`;
  return answer.status < 300
    ? bad(what, 'something else than Guichet answers there, and anybody could write in citizens’ names: correct the proxy.')
    : notOurs(what, answer.status);
}

/** A receipt for a message that does not exist: it is signed as Twilio signs, accepted, and changes nothing. */
async function acceptsTwilio({ publicUrl, accountSid, authToken }: ReachParts, base: string): Promise<Finding> {
  const form = { AccountSid: accountSid, MessageSid: newSid(), MessageStatus: 'sent' };
  const signature = getExpectedTwilioSignature(authToken, publicUrl + STATUS_PATH, form);
  const answer = await ask('POST', base + STATUS_PATH, form, signature);
  if ('fault' in answer) return connectionFault(base, answer.fault);
  if (answer.status === 200) return good('What Twilio signs over PUBLIC_URL is accepted.');
  const what = `What Twilio signs over ${publicUrl} is answered ${answer.status}, and not 200.`;
  if (answer.status !== 403) return notOurs(what, answer.status);
  if (answer.body.includes('wrong-account')) {
    return bad(what, 'the running service has another TWILIO_ACCOUNT_SID than this command: start it with these settings.');
  }
  const same = 'the running service has another PUBLIC_URL or TWILIO_AUTH_TOKEN than this command: start it with these settings';
  return bad(what, `${same}. If they are the same, ${PROXY}`);
}

function notOurs(what: string, status: number): Finding {
  if (status === 404)
    return bad(what, `start the service with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN set; if it has them, ${PROXY}`);
  if (status === 400) return bad(what, PROXY);
  return bad(what, 'see the log of the service and of the proxy.');
}

type Answer = { status: number; body: string; location: string | null } | { fault: string };

async function ask(method: string, url: string, form?: Record<string, string>, signature?: string): Promise<Answer> {
  try {
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(form && { body: new URLSearchParams(form), headers: { 'X-Twilio-Signature': signature ?? '' } }),
    });
    return { status: answer.status, body: await answer.text(), location: answer.headers.get('location') };
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: unknown }; name: string };
    return { fault: typeof cause?.code === 'string' ? cause.code : name };
  }
}

/** Why a connection did not stand, by the code Node gives it. */
export function connectionFault(base: string, code: string): Finding {
  const from = `If only this machine cannot reach its own public address, add -- --at http://127.0.0.1:3978.`;
  const what = `${base} cannot be reached (${code}).`;
  if (/CERT|SIGNATURE|ALTNAME/.test(code)) {
    return bad(
      `The certificate of ${base} is not valid (${code}).`,
      'renew it, for this very name, with the chain up to its authority.',
    );
  }
  if (/SSL|TLS|EPROTO/.test(code))
    return bad(`${base} does not speak TLS (${code}).`, 'let the proxy listen with the certificate on this port.');
  if (/ENOTFOUND|EAI_AGAIN/.test(code)) return bad(what, `give the name an address in the DNS, or correct PUBLIC_URL. ${from}`);
  if (/ECONNREFUSED/.test(code)) return bad(what, `start the proxy and the service, and open the port. ${from}`);
  return bad(what, `see the firewall between the internet and the proxy. ${from}`);
}

function newSid(): string {
  return `SM${randomBytes(16).toString('hex')}`;
}
