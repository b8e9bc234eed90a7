/**
 * `npm run check-twilio`: whether a citizen's SMS or WhatsApp message reaches the town and is answered:
 * account, numbers, webhooks, templates, public address; a line and a cure for each thing that is wrong.
 * Ends with 0 when nothing is, 1 when something is, 2 when it could not be asked.
 */
import { readConfig } from '../../src/config';
import { openTowns } from '../../src/towns';
import { runCommand, type Typed } from '../run-command';
import { checkTwilio } from './check';
import { lineOf } from './finding';

const say = (line: string) => process.stdout.write(`${line}\n`);

const USAGE = `npm run check-twilio     the account, senders, web hooks and templates of the settings, as they stand at Twilio; nothing is sent
--submit-templates       submits the templates that are missing, for approval
--at https://…           where the service will be reached, when PUBLIC_URL is not that yet`;

const OPTIONS = { 'submit-templates': { type: 'boolean' }, at: { type: 'string' } } as const;

async function main({ values }: Typed<typeof OPTIONS>): Promise<number> {
  const config = readConfig(process.env);
  const towns = await openTowns(config);
  const at = values.at?.replace(/\/+$/, '');
  const findings = await checkTwilio({ config, towns, at, isSubmitting: values['submit-templates'] });
  for (const finding of findings) say(lineOf(finding));
  const failures = findings.filter(({ state }) => state === 'bad').length;
  say(failures === 0 ? 'Nothing is wrong.' : `${failures} thing(s) to mend.`);
  return failures === 0 ? 0 : 1;
}

runCommand({ usage: USAGE, options: OPTIONS, main, atFault: 2, lead: 'Twilio could not be checked: ' });
