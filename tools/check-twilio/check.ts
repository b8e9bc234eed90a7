/** All the questions about a town's phones, asked of Twilio and of the running service. */
import { openSdk } from '../../src/channels/twilio';
import type { Config } from '../../src/config';
import { checkAccount } from './account';
import { bad, type Finding } from './finding';
import { checkReach } from './reach';
import { checkSenders, type SenderParts } from './senders';
import { checkTemplates, submitTemplates, type TemplateParts } from './templates';

export interface CheckParts {
  config: Pick<Config, 'twilio' | 'publicUrl'>;
  towns: { list(): SenderParts['towns']; locale: TemplateParts['locale'] };
  /** Where the service is really called; at its public address when absent. */
  at?: string;
  /** Stores and submits the templates that are missing. */
  isSubmitting?: boolean;
}

const PATIENCE_MS = 15_000;

export async function checkTwilio({ config, towns, at, isSubmitting }: CheckParts): Promise<Finding[]> {
  const { twilio: account, publicUrl } = config;
  if (!account) {
    return [
      bad('There is no Twilio account in the settings.', 'set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: docs/twilio.md, step 2.'),
    ];
  }
  if (!publicUrl)
    return [bad('PUBLIC_URL is not set.', 'set it to the https address that citizens and Twilio reach: docs/twilio.md, step 6.')];
  const { twilio, close } = openSdk({ ...account, timeoutMs: PATIENCE_MS });
  try {
    const { findings, isUsable } = await checkAccount(twilio, account.accountSid);
    if (!isUsable) return findings;
    const parts = { twilio, towns: towns.list(), publicUrl, locale: towns.locale };
    findings.push(...(await asked('senders', () => checkSenders(parts))));
    if (isSubmitting) findings.push(...(await asked('templates', () => submitTemplates(parts))));
    findings.push(...(await asked('templates', () => checkTemplates(parts))));
    findings.push(...(await checkReach({ ...account, publicUrl, at })));
    return findings;
  } finally {
    close();
  }
}

/** One question that Twilio does not answer must not silence the others. */
async function asked(what: string, ask: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await ask();
  } catch (error) {
    const { status, code, message } = error as { status?: number; code?: number | string; message: string };
    const answer = status ? `${status}${code ? ` (${code})` : ''}: ${message}` : String(code ?? message);
    return [
      bad(
        `The ${what} could not be asked about: Twilio answered ${answer}.`,
        'try again; if it stays so, see status.twilio.com.',
      ),
    ];
  }
}
