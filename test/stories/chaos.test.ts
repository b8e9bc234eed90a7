/**
 * The process is killed with -9 at every named step of the way of a message, started again, and
 * must have answered every accepted message once, in order, with one ticket.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { freePort } from '../../tools/free-port';
import { type HallProcess, startHall } from '../support/processes';
import { openRows } from '../support/rows';
import { until } from '../support/until';

const STEPS = [
  'inbox:before',
  'inbox:written',
  'turn:decided',
  'turn:saved',
  'effect:say',
  'effect:openTicket',
  'effects:done',
  'inbox:done',
] as const;

const SAID = ['lampadaire cassé devant le 14 rue des Lilas', '06 39 98 12 34', 'ok envoyez', 'combien coûte un passeport ?'];

/** The passing of the step at which to die: in the middle of the dialogue, or where the ticket is opened. */
const PASSING: Partial<Record<(typeof STEPS)[number], number>> = { 'effect:openTicket': 1, 'effect:say': 4 };

test.each(STEPS)(
  'killed at %s, nothing is lost and nothing happens twice',
  async (step) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'guichet-chaos-'));
    const port = await freePort();
    const env = { DATA_DIR: dataDir, PORT: String(port) };
    let hall: HallProcess = await startHall({ ...env, CRASH_AT: step, CRASH_TURN: String(PASSING[step] ?? 3) });
    let crashes = 0;
    try {
      const { url } = hall;
      /** A client that, like ours, sends again under the same id until it is told that the message is kept. */
      async function insist(path: string, body: object, headers: Record<string, string>): Promise<Record<string, string>> {
        for (;;) {
          try {
            const answer = await fetch(`${url}${path}`, {
              method: 'POST',
              headers: { 'content-type': 'application/json', ...headers },
              body: JSON.stringify(body),
            });
            if (answer.ok) return (await answer.json()) as Record<string, string>;
          } catch {
            // The process died before it answered.
          }
          if (!hall.isRunning()) {
            expect(await hall.ended).toBe('SIGKILL');
            crashes += 1;
            hall = await startHall(env);
          }
        }
      }
      const { conversationId, token } = await insist('/widget/bellerive/token', {}, { origin: url });
      const bearer = { authorization: `Bearer ${token}` };
      await insist('/v3/directline/conversations', { locale: 'fr' }, bearer);
      const ids: string[] = [];
      for (const [n, text] of SAID.entries()) {
        const body = { type: 'message', text, channelData: { clientActivityID: `chaos-${n}` } };
        ids.push((await insist(`/v3/directline/conversations/${conversationId}/activities`, body, bearer)).id ?? '');
        // The dialogue goes on when this one is answered, before or after the crash.
        for (const until = Date.now() + 90_000; ; ) {
          if (!hall.isRunning()) {
            crashes += 1;
            hall = await startHall(env);
          }
          try {
            const answer = await fetch(`${url}/v3/directline/conversations/${conversationId}/activities`, { headers: bearer });
            const { activities } = (await answer.json()) as { activities: Array<{ replyToId?: string }> };
            if (activities.some(({ replyToId }) => replyToId === ids[n])) break;
          } catch {
            // Down just now.
          }
          if (Date.now() > until) throw new Error(`No answer to message ${n} after ${step}`);
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
      }
      expect(crashes).toBe(1);
      const rows = await openRows({ config: readConfig(env) });
      await rows.nothingLeaked();
      const lines = await rows.transcript(conversationId ?? '');
      const mine = lines.filter(({ from }) => from === 'citizen');
      expect(mine.map(({ _id }) => _id)).toEqual(ids);
      expect(await rows.tickets(conversationId)).toHaveLength(1);
      // Every message has its answers right behind it, and none twice.
      const order = lines.map((line) =>
        line.from === 'citizen' ? line._id : (line.activity as { replyToId: string }).replyToId,
      );
      for (const id of ids) {
        const at = order.flatMap((each, n) => (each === id ? [n] : []));
        expect(at.length).toBeGreaterThan(1);
        expect(at).toEqual(at.map((_, n) => (at[0] ?? 0) + n));
      }
      expect(new Set(lines.map(({ _id }) => _id)).size).toBe(lines.length);
      await rows.close();
    } finally {
      await hall.kill9();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  240_000,
);

test('a polite end finishes what is in hand, within ten seconds, and a restart goes on', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-end-'));
  const env = { DATA_DIR: dataDir, PORT: '0' };
  const hall = await startHall(env);
  try {
    // Before it is ready a message is only kept, for the next start if need be.
    await until('it to be ready', async () => (await fetch(`${hall.url}/readyz`)).ok);
    const post = async (path: string, body: object, headers: Record<string, string>) =>
      (await (
        await fetch(`${hall.url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        })
      ).json()) as Record<string, string>;
    const { conversationId, token } = await post('/widget/bellerive/token', {}, { origin: hall.url });
    const bearer = { authorization: `Bearer ${token}` };
    await post('/v3/directline/conversations', { locale: 'fr' }, bearer);
    const said = { type: 'message', text: 'combien coûte un passeport ?' };
    const { id } = await post(`/v3/directline/conversations/${conversationId}/activities`, said, bearer);
    const askedAt = Date.now();
    await hall.stop();
    expect(await hall.ended).toBeNull();
    expect(Date.now() - askedAt).toBeLessThan(15_000);
    const rows = await openRows({ config: readConfig(env) });
    await rows.nothingLeaked();
    const lines = await rows.transcript(conversationId ?? '');
    expect(lines.filter(({ activity }) => (activity as { replyToId?: string }).replyToId === id)).not.toHaveLength(0);
    await rows.close();
  } finally {
    await hall.kill9();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);

test('a storm: the same message a hundred times in parallel to two processes is one turn', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-storm-'));
  const env = { DATA_DIR: dataDir, PORT: '0' };
  const halls = [await startHall(env), await startHall(env)];
  try {
    const [one] = halls;
    const post = async (url: string, path: string, body: object, headers: Record<string, string>) => {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBeLessThan(300);
      return (await answer.json()) as Record<string, string>;
    };
    const { conversationId, token } = await post(one?.url ?? '', '/widget/bellerive/token', {}, { origin: one?.url ?? '' });
    const bearer = { authorization: `Bearer ${token}` };
    await post(one?.url ?? '', '/v3/directline/conversations', { locale: 'fr' }, bearer);
    const body = { type: 'message', text: 'combien coûte un passeport ?', channelData: { clientActivityID: 'storm' } };
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        post(halls[n % 2]?.url ?? '', `/v3/directline/conversations/${conversationId}/activities`, body, bearer),
      ),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const rows = await openRows({ config: readConfig(env) });
    await rows.nothingLeaked();
    const lines = await rows.transcript(conversationId ?? '');
    expect(lines.filter(({ from }) => from === 'citizen')).toHaveLength(1);
    const replies = lines.filter((line) => (line.activity as { replyToId?: string }).replyToId === answers[0]?.id);
    expect(new Set(replies.map(({ _id }) => _id)).size).toBe(replies.length);
    expect(replies.filter((line) => /86/.test((line.activity as { text: string }).text))).toHaveLength(1);
    await rows.close();
  } finally {
    await Promise.all(halls.map((hall) => hall.stop()));
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);
