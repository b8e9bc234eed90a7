/** What an operator reads at /metrics: what citizens asked, what became of it, and who hung up; a hang-up is nobody's fault. */
import { connect } from 'node:net';
import { type Citizen, createCitizen } from '../support/citizen';
import { until } from '../support/until';
import { useCityHall } from '../support/use-city-hall';

let ana: Citizen;
const said: string[] = [];

const TREE = { town: 'bellerive', topic: 'report_tree', state: 'new' };
const REFERENCE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

const { hall } = useCityHall({
  at: '2026-11-26T10:00:00+01:00',
  env: { LOG_LEVEL: 'info' },
  logTo: { write: (line: string) => void said.push(line) },
});

beforeAll(async () => {
  ana = await createCitizen(hall.url);
});

const figures = async () => (await fetch(`${hall.url}/metrics`)).text();

/** The value of a figure with exactly these labels in any order, or null. */
async function figure(name: string, labels: Record<string, string>): Promise<number | null> {
  for (const [, found = '', value] of (await figures()).matchAll(new RegExp(`^${name}\\{(.*)\\} (\\S+)$`, 'gm'))) {
    const told = Object.fromEntries([...found.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text]));
    if (JSON.stringify(Object.entries(told).sort()) === JSON.stringify(Object.entries(labels).sort())) return Number(value);
  }
  return null;
}

test('messages are counted by the rule that took them, requests by topic and state', async () => {
  await ana.says('qsdf wxcv poiuy');
  await ana.hears();
  await ana.says('je veux signaler un arbre qui penche');
  await ana.hears(/adresse|où/i);
  await ana.says('5 rue Ampère');
  await ana.hears(/5 rue Ampère/);
  await ana.says('ok envoyez');
  await ana.hears(REFERENCE);
  expect(await figure('guichet_requests', TREE)).toBe(1);
  expect(await figure('guichet_turns_total', { town: 'bellerive', rule: 'clarify' })).toBe(1);
  expect(await figure('guichet_turns_total', { town: 'bellerive', rule: 'topic' })).toBe(1);
  expect(await figures()).not.toMatch(/Ampère|lampadaire est/);
});

test('files of pages are counted under one label, whatever they are called', async () => {
  const page = await (await fetch(`${hall.url}/desk/`)).text();
  const files = [...page.matchAll(/(?:src|href)="(\/desk\/[^"]+\.\w+)"/g)].map(([, file]) => file!);
  expect(files.length).toBeGreaterThan(1);
  const asked = ['/', '/widget.js', '/desk/', '/demo/phones', ...files];
  const counted = async () => (await figure('guichet_http_seconds_count', { route: 'static', status: '200' })) ?? 0;
  const before = await counted();
  for (const path of asked) expect((await fetch(`${hall.url}${path}`)).status).toBe(200);
  await until('all to be counted', async () => (await counted()) >= before + asked.length);
  const routes = [...(await figures()).matchAll(/^guichet_http_seconds_count\{.*route="([^"]*)"/gm)].map(([, route]) => route!);
  expect(routes.filter((route) => /\.\w+$|^\/$|^\/desk(\/[^a]|$)|^\/demo(\/phones)?$/.test(route))).toEqual([]);
});

test('a client that hangs up half-way is counted as 499, and is no error in the log', async () => {
  const route = '/v3/directline/conversations/:id/activities';
  const socket = connect(Number(new URL(hall.url).port), '127.0.0.1');
  socket.write(
    `POST ${route.replace(':id', ana.conversation)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ana.token}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"type":',
  );
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  await until(
    'it to be read',
    async () =>
      (await figure('guichet_http_seconds_count', { route: '/healthz', status: '200' })) || (await fetch(`${hall.url}/healthz`)),
  );
  socket.destroy();
  await until(
    'the hang-up to be counted',
    async () => (await figure('guichet_http_seconds_count', { route, status: '499' })) === 1,
  );
  expect(said.filter((line) => /"level":(50|60)|"level":"(error|fatal)"/.test(line))).toEqual([]);
  expect(said.length).toBeGreaterThan(0);
});
