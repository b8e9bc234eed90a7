/**
 * `npm run check-twilio`: whether a citizen's SMS or WhatsApp message reaches the town and is answered:
 * account, numbers, webhooks, templates, public address; a line and a cure for each thing that is wrong.
 * Ends with 0 when nothing is, 1 when something is, 2 when it could not be asked.
 */
import { parseArgs } from 'node:util';
import { readConfig } from '../../src/config';
import { openTowns } from '../../src/towns';
import { runCommand } from '../run-command';
import { checkTwilio } from './check';
import { lineOf } from './finding';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { 'submit-templates': { type: 'boolean' }, at: { type: 'string' } } });
  const config = readConfig(process.env);
  const towns = await openTowns(config);
  const at = values.at?.replace(/\/+$/, '');
  const findings = await checkTwilio({ config, towns, at, isSubmitting: values['submit-templates'] });
  for (const finding of findings) say(lineOf(finding));
  const failures = findings.filter(({ state }) => state === 'bad').length;
  say(failures === 0 ? 'Nothing is wrong.' : `${failures} thing(s) to mend.`);
  return failures === 0 ? 0 : 1;
}

runCommand(main, 2, 'Twilio could not be checked: ');
