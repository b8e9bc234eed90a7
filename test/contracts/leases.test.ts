/** Two processes over one store, one of them slow: what it learns too late takes nothing from the one that went on. */
import { createMemory } from '../../src/domain/conversation';
import type { Bot } from '../../src/domain/decision';
import type { Courier, Delivery } from '../../src/domain/message/courier';
import { createMailroom } from '../../src/mailroom';
import { createStore } from '../../src/store/store';
import { createRounds } from '../support/rounds';
import { describeBacks } from '../support/scratch';
import { until } from '../support/until';

const bot: Bot = {
  turn: async (activity, { memory }) => ({
    memory,
    holder: 'bot',
    effects: [{ kind: 'say', activity: { type: 'message', text: `heard ${activity.text}` } }],
    why: { rule: 'test', heard: [] },
  }),
  apologise: ({ memory }) => ({ memory, holder: 'bot', effects: [], why: { rule: 'apology', heard: [] } }),
  hush: ({ memory }) => ({ memory, holder: 'bot', effects: [], why: { rule: 'hush', heard: [] } }),
  open: () => ({ memory: createMemory('fr') }),
};

/** A gate that opens when it is told to. */
function createGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describeBacks('a lease', (_back, scratch) => {
  test('an outcome that comes after the lease undoes nothing of whoever has the message by then', async () => {
    const database = await scratch().open();
    const store = createStore(database);
    await store.prepare();
    const tooLate = createGate();
    const reached = createGate();
    const mayEnd = createGate();
    let sent = 0;
    const slow: Courier = {
      lane: 'sms',
      async deliver(): Promise<Delivery> {
        await tooLate.opened;
        return { outcome: 'later', reason: 'the network was away' };
      },
      reconcile: async () => ({ outcome: 'later', reason: 'did-not-leave' }),
    };
    const quick: Courier = {
      ...slow,
      async deliver() {
        sent += 1;
        reached.open();
        await mayEnd.opened;
        return { outcome: 'sent', providerId: `SM${sent}` };
      },
    };
    const rounds = createRounds('mailroom:swept');
    const mailroomOf = (courier: Courier) =>
      createMailroom({
        ...store,
        bot,
        couriers: [courier],
        clock: () => new Date(),
        log: () => {},
        sweepMs: 50,
        onStep: rounds.count,
        sendLeaseMs: courier === slow ? 300 : 20_000,
      });
    const first = mailroomOf(slow);
    const second = mailroomOf(quick);
    first.start();
    const message = { id: 'sms:1', town: 't', channel: 'sms', conversation: 'c', address: 'a' } as const;
    await first.receive({ ...message, activity: { type: 'message', text: 'bonjour' } });
    const row = async () => (await store.mail.outbox.get('sms:1#1'))?.state;
    await until('it to be on its way', async () => (await row()) === 'sending');
    second.start();
    await reached.opened;
    tooLate.open();
    await until('the slow one to have ended', () => first.inHand() === 0);
    await rounds.next();
    expect(await row()).toBe('sending');
    mayEnd.open();
    await until('it to be sent', async () => (await row()) === 'sent');
    await rounds.next();
    expect([await row(), sent]).toEqual(['sent', 1]);
    await Promise.all([first.stop(), second.stop()]);
  });
});
