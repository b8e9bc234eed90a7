/**
 * MongoDB is not there at start, comes, goes away under load and comes back, or has no room: nothing is lost, and the
 * operator is told.
 */
import { HOW_TO_GET_MONGO, hasMongo, startMongo } from '../../tools/mongo-server';
import { createCitizen } from '../support/citizen';
import { openCityHall } from '../support/city-hall';
import { createClient } from '../support/direct-line';
import { openFullMongo } from '../support/full-mongo';
import { openRows } from '../support/rows';
import { noteSkip } from '../support/scratch';
import { until } from '../support/until';

const isHere = hasMongo({ own: true });
if (!isHere) noteSkip(HOW_TO_GET_MONGO);

(isHere ? test : test.skip)(
  'a store that comes late and goes away for a while',
  async () => {
    const server = await startMongo({ own: true });
    if (!server) throw new Error(HOW_TO_GET_MONGO);
    await server.kill9();
    const hall = await openCityHall({ env: { STORE: 'mongo', MONGODB_URI: server.uri } });
    try {
      const ready = async () => (await fetch(`${hall.url}/readyz`)).status;
      expect(await ready()).toBe(503);
      expect((await fetch(`${hall.url}/healthz`)).status).toBe(200);
      expect((await fetch(`${hall.url}/metrics`)).status).toBe(200);
      await server.restart();
      await until('it to be ready', async () => (await ready()) === 200);

      const ana = await createCitizen(hall.url, { locale: 'fr' });
      await ana.says('combien coûte un passeport ?');
      await ana.hears(/86/);

      await server.kill9();
      // Refused while the store is away, so the client keeps it and sends it again under the same id.
      const headers = { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({
        type: 'message',
        text: "et la carte d'identité ?",
        channelData: { clientActivityID: 'again' },
      });
      const post = () =>
        fetch(`${hall.url}/v3/directline/conversations/${ana.conversation}/activities`, { method: 'POST', headers, body });
      expect((await post()).status).toBe(503);
      expect(await ready()).toBe(503);
      await server.restart();
      await until('the message to be taken', async () => (await post()).status === 200);
      await post();
      await ana.hears(/identité/);
      const rows = await openRows(hall);
      await ana.hearsNothing(rows);
      await rows.nothingLeaked();
      expect((await rows.transcript(ana.conversation)).filter(({ from }) => from === 'citizen')).toHaveLength(2);
      await rows.close();
    } finally {
      await hall.close();
      await server.stop();
    }
  },
  240_000,
);

(isHere ? test : test.skip)(
  'a server without room refuses what citizens write, says why, and goes on when there is room',
  async () => {
    const server = await startMongo({ own: true });
    if (!server) throw new Error(HOW_TO_GET_MONGO);
    const disk = await openFullMongo(server.uri);
    const told: string[] = [];
    const logTo = { write: (line: string) => void told.push(...(/"event":"(store\.[a-z]+)"/.exec(line)?.slice(1) ?? [])) };
    const hall = await openCityHall({ env: { STORE: 'mongo', MONGODB_URI: disk.uri, LOG_LEVEL: 'info' }, logTo });
    const readiness = async () => (await (await fetch(`${hall.url}/readyz`)).json()) as { status: string; reason?: string };
    try {
      await until('it to be ready', async () => (await readiness()).status === 'ready');
      const client = createClient(hall.url);
      const ana = await client.arrive('bellerive');
      told.length = 0;

      disk.isFull = true;
      const refused = await client.say(ana, 'combien coûte un passeport ?');
      expect([refused.status, refused.body.error.code]).toEqual([503, 'NotWrittenDown']);
      await until('readiness to say why', async () => (await readiness()).reason === 'store-full');
      expect(await (await fetch(`${hall.url}/metrics`)).text()).toMatch(/^guichet_events_total\{event="store\.full"\} [1-9]/m);
      // What was said before can be read all the same.
      expect((await client.read(ana)).status).toBe(200);

      disk.isFull = false;
      await until('it to be ready again', async () => (await readiness()).status === 'ready');
      expect((await client.say(ana, 'combien coûte un passeport ?')).status).toBe(200);
      const answers = async () => (await client.read(ana)).body.activities.map(({ text }: { text: string }) => text).join(' ');
      await until('the answer', async () => /86/.test(await answers()));
      // A write that was on its way before there was no room is acknowledged after it, and both are said once more.
      expect([told[0], told.at(-1)]).toEqual(['store.full', 'store.up']);
      expect(new Set(told).size).toBe(2);
    } finally {
      await hall.close();
      await disk.close();
      await server.stop();
    }
  },
  240_000,
);
