/**
 * Whether a sender's webhook leads to us: the address letter for letter, because the signature is
 * made over it, by POST, with retries, and with a second chance when all of them fail
 * (protocols.md 1.2, 1.3). Pure: settings in, sentences out.
 */
import { MESSAGE_PATH } from '../../src/channels/twilio/services';
import { bad, type Finding, good } from './finding';

/** As Twilio has it; nothing set is an empty text. */
export interface WebhookSettings {
  url: string;
  method: string;
  fallbackUrl: string;
  fallbackMethod: string;
}

/** Three more tries, within Twilio's fifteen seconds, when we do not connect, are silent for four seconds, or fail. */
export const OVERRIDES = '#rc=3&rp=ct,rt,5xx&rt=4000';

/** `name` says whose webhook it is; `place` is where in the console it is set. */
export function judgeWebhook(name: string, settings: WebhookSettings, publicUrl: string, place: string): Finding[] {
  const wanted = publicUrl + MESSAGE_PATH;
  const whole = wanted + OVERRIDES;
  const [address = '', overrides = ''] = settings.url.split('#');
  const set = `${place}, set it to ${whole}`;
  if (!address) return [bad(`${name}: nothing is set for incoming messages, so none arrive.`, `${set}, by HTTP POST.`)];
  if (address !== wanted)
    return [bad(`${name}: its message webhook is ${address} and not ${wanted}.`, `${set}, letter for letter.`)];
  const findings: Finding[] = [];
  if (settings.method.toUpperCase() !== 'POST') {
    findings.push(bad(`${name}: its message webhook is called by ${settings.method}.`, `${place}, choose HTTP POST.`));
  }
  if (!retries(overrides)) {
    const what = `${name}: its message webhook is called only once, so a message that comes during a restart is answered late, and a pin is lost.`;
    findings.push(bad(what, `${set}; what stands behind the # asks for retries.`));
  }
  if (settings.fallbackUrl.split('#')[0] !== wanted || settings.fallbackMethod.toUpperCase() !== 'POST') {
    const now = settings.fallbackUrl ? `is ${settings.fallbackMethod} ${settings.fallbackUrl}` : 'is not set';
    const cure = `${place}, set "primary handler fails" (fallback) to the same address, ${whole}, by HTTP POST.`;
    findings.push(bad(`${name}: the fallback of its message webhook ${now}.`, cure));
  }
  return findings.length > 0 ? findings : [good(`${name}: messages are sent on to ${wanted}.`)];
}

/** Whether a failure is tried again: at least once, for silence and for errors of ours alike. */
function retries(overrides: string): boolean {
  const settings = new URLSearchParams(overrides);
  const policy = (settings.get('rp') ?? 'ct').split(',');
  const isCovered = policy.includes('all') || ['rt', '5xx'].every((fault) => policy.includes(fault));
  return Number(settings.get('rc') ?? 1) >= 1 && isCovered;
}
