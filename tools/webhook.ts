/**
 * `npm run webhook -- list|secret|test|replay`: the programs that a town subscribes in its `town.yml`, what they could not
 * be told and why, and another try. It works on the rows, beside a running server, which does the posting.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createHookLetters, type HookLetters } from '../src/api';
import { readConfig } from '../src/config';
import { hookSecret } from '../src/couriers/webhook';
import type { Hook } from '../src/domain/programs/hook';
import { openDatabase } from '../src/store';
import { createStore } from '../src/store/store';
import { openTowns, type Towns } from '../src/towns';
import { runCommand, type Typed } from './run-command';

const USAGE = `npm run webhook -- list                          what each program subscribes to, and what it could not be told
npm run webhook -- secret <town> <id>            the key that its receiver checks signatures with
npm run webhook -- test <town> <id>              posts an event that says nothing, and waits for what becomes of it
npm run webhook -- replay <town> <id>            sends again what was given up, under the same ids
                                                 --since 2027-03-29T08:00Z: also what arrived, of that moment and later`;

const PATIENCE_S = 20;

const say = (text: string) => process.stdout.write(`${text}\n`);

const OPTIONS = { since: { type: 'string' } } as const;

async function main({ positionals, values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  const [verb, town = '', id = ''] = positionals;
  const since = values.since === undefined ? undefined : Date.parse(values.since);
  if (!verb || !['list', 'secret', 'test', 'replay'].includes(verb) || (verb !== 'list' && !id) || Number.isNaN(since))
    return 'usage';
  const config = readConfig(process.env);
  const towns = await openTowns(config);
  if (verb !== 'list' && !towns.get(town)?.webhooks?.some((hook) => hook.id === id)) {
    process.stderr.write(`The town ${town} has no web hook ${id} in its town.yml\n`);
    return 1;
  }
  if (verb === 'secret') {
    if (!config.webhookSecret) throw new Error('WEBHOOK_SECRET is not set: see docs/operate.md');
    say(hookSecret(config.webhookSecret, town, id));
    return 0;
  }
  const database = await openDatabase(config.store);
  const store = createStore(database);
  try {
    await store.prepare();
    const letters = createHookLetters(store.mail, () => new Date());
    if (verb === 'list') return await list(towns, letters);
    if (verb === 'test') return await test(letters, town, id);
    say(`${await letters.replay(town, id, since === undefined ? undefined : new Date(since).toISOString())} on their way again`);
    return 0;
  } finally {
    await database.close();
  }
}

async function list(towns: Towns, letters: HookLetters): Promise<number> {
  const subscribed = towns.list().flatMap(({ id, webhooks = [] }) => webhooks.map((hook): [string, Hook] => [id, hook]));
  for (const [town, { id, url, events }] of subscribed) {
    say(`${town}  ${id}  ${url}  ${events?.join(', ') ?? 'everything'}`);
    for (const letter of await letters.list(town, id))
      if (letter.state !== 'sent')
        say(`    ${letter.state.padEnd(8)}${letter.at}  ${letter.type}  ${letter.attempts} tries  ${letter.reason ?? ''}`);
  }
  say(`${subscribed.length} web hook(s)`);
  return 0;
}

async function test(letters: HookLetters, town: string, id: string): Promise<number> {
  const letter = await letters.test(town, id);
  for (let second = 0; second < PATIENCE_S * 4; second += 1) {
    await pause(250);
    const now = await letters.find(letter);
    if (now?.state === 'sent') {
      say('It arrived.');
      return 0;
    }
    if (now && now.attempts > 0) {
      say(`It did not arrive: ${now.reason}. It is tried again.`);
      return 1;
    }
  }
  say('Nothing was posted: no server runs on this data. It is posted at the next start.');
  return 1;
}

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main });
