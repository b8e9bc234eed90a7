/** A message the bot keeps failing on: tried again, then put aside with the reason, where an operator sees it and can try once more. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemory } from '../../src/domain/conversation';
import type { Bot } from '../../src/domain/decision';
import { createMailroom } from '../../src/mailroom';
import { openDatabase } from '../../src/store';
import { createStore } from '../../src/store/store';
import { until } from '../support/until';

let isMended = false;

/** A bot that says back what it hears, and stumbles over one word until it is mended. */
const bot: Bot = {
  async turn(activity, conversation) {
    if ((activity.text ?? activity.name) === 'stumble' && !isMended) throw new TypeError('a fault of the bot');
    const said = { type: 'message' as const, text: `heard ${activity.text}` };
    return {
      memory: conversation.memory,
      holder: 'bot',
      effects: [{ kind: 'say', activity: said }],
      why: { rule: 'test', heard: [] },
    };
  },
  apologise: (conversation) => ({
    memory: conversation.memory,
    holder: 'bot',
    effects: [{ kind: 'say', activity: { type: 'message', text: 'sorry' } }],
    why: { rule: 'apology', heard: [] },
  }),
  hush: ({ memory }) => ({ memory, holder: 'bot', effects: [], why: { rule: 'hush', heard: [] } }),
  open: () => ({ memory: createMemory('fr') }),
};

test('it is tried again, put aside with an apology, does not hold up the next, and can be replayed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-dead-'));
  const database = await openDatabase({ kind: 'sqlite', file: join(dataDir, 'guichet.db') });
  const store = createStore(database);
  await store.prepare();
  const logged: string[] = [];
  const mailroom = createMailroom({
    ...store,
    bot,
    couriers: [],
    clock: () => new Date(),
    log: (_level, event) => logged.push(event),
    sweepMs: 50,
  });
  const mail = (...args: string[]) =>
    execFileSync(process.execPath, [join(__dirname, '../../dist/tools/mail.js'), ...args], {
      env: { ...process.env, DATA_DIR: dataDir },
      encoding: 'utf8',
    });
  const lines = async () => (await store.transcript.after('c', 0, 50)).map(({ activity }) => activity.text);
  const receive = (id: string, text: string) =>
    mailroom.receive({ id, town: 't', channel: 'web', conversation: 'c', address: 'a', activity: { type: 'message', text } });
  try {
    mailroom.start();
    await receive('web:c:1', 'stumble');
    await receive('web:c:2', 'hello');
    // News of a request: nobody who asked nothing is told of a fault.
    const news = { type: 'event' as const, name: 'stumble' };
    await mailroom.receive({ id: 'ticket:t:R:e', town: 't', channel: 'web', conversation: 'd', address: 'b', activity: news });
    await until(async () => (await lines()).length === 4);
    expect(await lines()).toEqual(['stumble', 'sorry', 'hello', 'heard hello']);
    await until(async () => (await store.mail.inbox.count('dead')) === 2);
    expect(logged.filter((event) => event === 'turn.failed')).toHaveLength(12);
    expect(await store.transcript.after('d', 0, 5)).toEqual([]);

    expect(mail('list')).toMatch(/web:c:1 .*6 tries .*TypeError: a fault of the bot[\s\S]*2 given up/);
    expect(mail('show', 'web:c:1')).not.toMatch(/stumble/);
    expect(mail('show', 'web:c:1', '--text')).toMatch(/stumble/);

    isMended = true;
    expect(mail('retry', 'web:c:1')).toMatch(/back in the inbox/);
    await until(async () => (await lines()).length === 6);
    expect((await lines()).slice(4)).toEqual(['stumble', 'heard stumble']);
    expect(mail('list')).toMatch(/1 given up/);
    expect(() => mail('retry', 'web:c:1')).toThrow(/only messages that were given up/);
  } finally {
    await mailroom.stop();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
