/** Whether the account can be spoken to and is in use: without it no other question has an answer. */
import type { Twilio } from 'twilio';
import { bad, type Finding, good, note } from './finding';

const CREDENTIALS =
  'in the Twilio console, Account Dashboard, Account Info, copy Account SID and Auth Token (the primary one) into TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.';

/** `isUsable` is false when nothing more can be asked. */
export async function checkAccount(twilio: Twilio, sid: string): Promise<{ findings: Finding[]; isUsable: boolean }> {
  try {
    const { status, type } = await twilio.api.v2010.accounts(sid).fetch();
    if (status !== 'active') {
      const cure = 'open the Twilio console: it says why (an unpaid bill, a review) and what to do.';
      return { findings: [bad(`The account ${sid} is ${status}: nothing is sent or received.`, cure)], isUsable: true };
    }
    const findings = [good(`The account ${sid} is active.`)];
    if (type === 'Trial') {
      const what =
        'It is a trial account: it writes only to numbers that were verified in the console, with a preface of its own.';
      findings.push(note(what, 'upgrade it under Billing before citizens write.'));
    }
    return { findings, isUsable: true };
  } catch (error) {
    return { findings: [faultOf(error)], isUsable: false };
  }
}

function faultOf(error: unknown): Finding {
  const { status, code, message } = error as { status?: number; code?: number | string; message?: string };
  if (status === 401 || status === 403 || code === 20003) return bad('Twilio refuses the account SID and token.', CREDENTIALS);
  if (status === 404) return bad('Twilio knows no account with this SID.', CREDENTIALS);
  if (status !== undefined)
    return bad(`Twilio answers ${status}${code ? ` (${code})` : ''}.`, 'try again; if it stays so, see status.twilio.com.');
  const cure =
    'let this machine reach https://api.twilio.com, content.twilio.com and messaging.twilio.com; TWILIO_API_URL must not be set.';
  return bad(`Twilio cannot be reached (${code ?? message}).`, cure);
}
