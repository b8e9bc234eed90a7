/**
 * Other programs open and follow requests. By Open311, in XML and JSON, by its own rules: what the town does not publish is
 * in no list and under no id, and nothing of a citizen is ever shown. By the REST API, as far as a key goes, as its contract says.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { createApiRoutes, makeKey } from '../../src/api';
import { hashOf } from '../../src/api/keys';
import { Changed, ConversationList, ServiceList, TicketList, TicketShape } from '../../src/api/v1/shapes';
import type { LineFault } from '../../src/desk/wire';
import { changeTicket } from '../../src/mailroom';
import { createApiKeys } from '../../src/store/rows/api-keys';
import { createTickets } from '../../src/store/rows/tickets';
import { createStore } from '../../src/store/store';
import { openTowns } from '../../src/towns';
import { signedIn } from '../support/desk';
import { useCityHall } from '../support/use-city-hall';

let key: string;
let readingKey: string;
let place: { lat: string; long: string };

const { hall, rows } = useCityHall({
  at: '2026-11-26T09:15:00Z',
  change: (town) =>
    town.id === 'bellerive'
      ? { ...town, openData: { requests: true, figures: true, smallest: 3 } }
      : { ...town, openData: undefined },
});

beforeAll(async () => {
  const [street] = (await openTowns(hall.config)).get('bellerive')!.streets;
  place = { lat: String(street!.middle.latitude), long: String(street!.middle.longitude) };
  key = await keyFor('bellerive', ['tickets.open']);
  readingKey = await keyFor('bellerive', ['tickets.read']);
});

async function keyFor(town: string, scopes: Parameters<typeof makeKey>[2]): Promise<string> {
  const made = makeKey(town, 'the works program', scopes, new Date());
  await createApiKeys(rows.database).add(made.row);
  return made.key;
}

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => ['service', 'attribute', 'value', 'request', 'error', 'endpoint', 'format'].includes(name),
});

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(`${hall.url}/open311/${path}`, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  if (/xml/.test(type ?? '')) expect(XMLValidator.validate(text)).toBe(true);
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into.
  const body: any = type === null ? undefined : /json/.test(type) ? JSON.parse(text) : parser.parse(text);
  return { status: response.status, type, text, body };
}

const post = (fields: Record<string, string>, format = 'json') =>
  ask(`v2/requests.${format}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ jurisdiction_id: 'bellerive', ...fields }).toString(),
  });

const at = (path: string, more: Record<string, string> = {}) =>
  ask(`v2/${path}?${new URLSearchParams({ jurisdiction_id: 'bellerive', ...more })}`);

/** A lamp on the first street of the town. */
const lamp = () => ({ service_code: 'report_street_light', ...place });

test('discovery, services and their questions in both forms, with their types of content', async () => {
  for (const [format, type] of [
    ['json', 'application/json; charset=utf-8'],
    ['xml', 'text/xml; charset=utf-8'],
  ] as const) {
    const discovery = await ask(`discovery.${format}`);
    expect([discovery.status, discovery.type]).toEqual([200, type]);
    const [endpoint] = format === 'json' ? discovery.body.endpoints : discovery.body.discovery.endpoints.endpoint;
    expect(endpoint).toMatchObject({ url: `${hall.url}/open311/v2`, type: 'production' });
    expect(Number.isNaN(Date.parse(endpoint.changeset))).toBe(false);

    const services = await at(`services.${format}`);
    expect([services.status, services.type]).toEqual([200, type]);
    const all = format === 'json' ? services.body : services.body.services.service;
    expect(all.map((one: { service_code: string }) => one.service_code)).toEqual(
      expect.arrayContaining(['report_street_light', 'report_graffiti']),
    );
    expect(all[0]).toEqual(
      expect.objectContaining({ type: 'realtime', service_name: expect.any(String), group: expect.any(String) }),
    );
    for (const { service_code: code, metadata } of all) {
      const definition = await at(`services/${code}.${format}`);
      expect(definition.status).toBe(200);
      const { attributes } = format === 'json' ? definition.body : definition.body.service_definition;
      const listed = format === 'json' ? attributes : (attributes.attribute ?? []);
      expect(listed.length > 0).toBe(String(metadata) === 'true');
      for (const each of listed)
        expect(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist']).toContain(each.datatype);
    }
  }
});

test('a program with a key opens a request, and sees by its id what became of it; the service sees who asked', async () => {
  const opened = await post({
    ...lamp(),
    api_key: key,
    description: 'Lamp out <b>again</b>, ma carte 4539 1488 0343 6467',
    first_name: 'Zoé',
    phone: '+33 6 39 98 12 34',
  });
  expect([opened.status, opened.text]).toEqual([201, expect.any(String)]);
  const [{ service_request_id: id, service_notice: reference, token }] = opened.body;
  expect(token).toBeUndefined();
  expect(id).not.toContain(reference);
  const [ticket] = (await rows.tickets()).filter((one) => one.reference === reference);
  expect(ticket).toMatchObject({
    channel: 'open311',
    topic: 'report_street_light',
    state: 'new',
    sector: expect.any(String),
    contact: { kind: 'phone', value: '+33639981234' },
  });
  expect(ticket!.words).toBe('Lamp out <b>again</b>, ma carte **** **** **** 6467');

  for (const format of ['json', 'xml']) {
    const one = await at(`requests/${id}.${format}`);
    expect(one.status).toBe(200);
    const list = format === 'json' ? one.body : one.body.service_requests.request;
    expect(list).toHaveLength(1);
    expect(Object.keys(list[0]).sort()).toEqual(
      [
        'service_request_id',
        'status',
        'status_notes',
        'service_name',
        'service_code',
        'description',
        'agency_responsible',
        'service_notice',
        'requested_datetime',
        'updated_datetime',
        'expected_datetime',
        'address',
        'address_id',
        'zipcode',
        'lat',
        'long',
        'media_url',
      ].sort(),
    );
    expect(list[0]).toMatchObject({ service_request_id: id, status: 'open', service_code: 'report_street_light' });
    // By when it is to be done, as the town promises.
    expect(list[0].expected_datetime).toBe(ticket!.due!.at);
    expect(one.text).not.toMatch(/Zo|6399|again|6467/);
    expect(one.text).not.toContain(reference);
    const token = await at(`tokens/${id}.${format}`);
    expect(token.status).toBe(200);
  }
  expect((await at('requests.json')).body.map((each: { service_request_id: string }) => each.service_request_id)).toContain(id);
  // A change at the town hall reaches nobody by a channel that is none, and shows.
  await changeTicket(
    createStore(rows.database),
    'bellerive',
    reference,
    { state: 'resolved', comment: 'Réparé, Madame Zoé', isPublic: true },
    hall.clock.now(),
  );
  const closed = await at('requests.json', { status: 'closed' });
  expect(closed.body).toEqual([expect.objectContaining({ service_request_id: id, status: 'closed' })]);
  expect(closed.text).not.toContain('Zo');
  expect((await at('requests.json', { status: 'open' })).body).toEqual([]);
});

test('each mistake is told by its own number, in a sentence a citizen may read', async () => {
  const good = { ...lamp(), api_key: key };
  const { api_key: _, ...keyless } = good;
  const { service_code: __, ...codeless } = good;
  const { lat: ___, ...placeless } = good;
  const cases: Array<[number, RegExp, Promise<{ status: number; body: Array<{ code: number; description: string }> }>]> = [
    [403, /api_key/, post(keyless)],
    [403, /api_key/, post({ ...good, api_key: `guichet_${'x'.repeat(43)}` })],
    [403, /api_key/, post({ ...good, api_key: readingKey })],
    [403, /api_key/, post({ ...good, jurisdiction_id: 'saint-aubin' })],
    [400, /service_code was not provided/, post(codeless)],
    [404, /service_code was not found/, post({ ...good, service_code: 'question_passport' })],
    [404, /jurisdiction_id/, post({ ...good, jurisdiction_id: 'nowhere' })],
    [400, /lat and long/, post(placeless)],
    [400, /outside the town/, post({ ...good, lat: '48.85', long: '2.35' })],
    [400, /colour is no question/, post({ ...good, 'attribute[colour]': 'red' })],
    [400, /description/, post({ ...good, description: 'x'.repeat(4001) })],
    [404, /service_request_id/, at('requests/r00000000000000.json')],
    [404, /service_code/, at('services/nothing.json')],
    [400, /90 days/, at('requests.json', { start_date: '2026-01-01T00:00:00Z', end_date: '2026-11-01T00:00:00Z' })],
    [400, /start_date/, at('requests.json', { start_date: '2026-01-01' })],
    [400, /status/, at('requests.json', { status: 'lost' })],
    [400, /jurisdiction_id/, ask('v2/services.json')],
  ];
  for (const [status, description, asked] of cases) {
    const { status: given, body } = await asked;
    expect([given, body[0]!.description]).toEqual([status, expect.stringMatching(description)]);
    expect(body[0]!.code).toBe(status);
  }
  const inXml = await post({ ...keyless }, 'xml');
  expect([inXml.status, inXml.body.errors.error[0].code]).toEqual([403, '403']);
});

test('what the town does not publish is in no list and under no id, but for a key that may read', async () => {
  const hidden = await keyFor('saint-aubin', ['tickets.open']);
  const opened = await post({
    jurisdiction_id: 'saint-aubin',
    service_code: 'report_lamp',
    address_string: '1 rue Haute',
    api_key: hidden,
  });
  const first = opened.body[0] as { service_request_id?: string; description?: string };
  expect([opened.status, first.description]).toEqual([201, undefined]);
  const id = first.service_request_id;
  expect((await at(`requests/${id}.json`, { jurisdiction_id: 'saint-aubin' })).status).toBe(404);
  expect((await at('requests.json', { jurisdiction_id: 'saint-aubin' })).body).toEqual([]);
  expect((await at('requests.json', { jurisdiction_id: 'saint-aubin', service_request_id: String(id) })).body).toEqual([]);
  const reading = await keyFor('saint-aubin', ['tickets.read']);
  expect((await at(`requests/${id}.json`, { jurisdiction_id: 'saint-aubin', api_key: reading })).status).toBe(200);
  // Another town's key opens nothing here.
  expect((await at(`requests/${id}.json`, { jurisdiction_id: 'saint-aubin', api_key: readingKey })).status).toBe(404);
});

test('a report that is sent again within the hour, as a form of either kind, is one request; another is another', async () => {
  const fields = { ...lamp(), api_key: key, description: 'Dark since Monday' };
  const first = await post(fields);
  const again = await post(Object.fromEntries(Object.entries(fields).reverse()) as typeof fields);
  expect([again.status, again.body]).toEqual([201, first.body]);
  const parts = new FormData();
  for (const [name, value] of Object.entries(fields)) parts.set(name, value);
  parts.set('media', new Blob(['no picture']), 'lamp.jpg');
  const multipart = await ask('v2/requests.json?jurisdiction_id=bellerive', { method: 'POST', body: parts });
  expect([multipart.status, multipart.body]).toEqual([201, first.body]);
  const other = await post({ ...fields, description: 'Dark since Tuesday' });
  expect(other.body[0].service_request_id).not.toBe(first.body[0].service_request_id);
  const broken = await ask('v2/requests.json?jurisdiction_id=bellerive', {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: 'nothing of the kind',
  });
  expect([broken.status, broken.body[0].code]).toEqual([400, 400]);
});

describe('the REST API', () => {
  interface Asked {
    key?: string;
    body?: unknown;
    headers?: Record<string, string>;
  }

  async function call(method: string, path: string, { key: shown, body, headers = {} }: Asked = {}) {
    const response = await fetch(`${hall.url}/api/v1/${path}`, {
      method,
      headers: {
        ...(shown ? { authorization: `Bearer ${shown}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into.
    return { status: response.status, body: (await response.json()) as any };
  }

  const newLamp = () => ({
    topic: 'report_street_light',
    place: { latitude: Number(place.lat), longitude: Number(place.long) },
    contact: { kind: 'email', value: 'Zoe@Example.org' },
    words: 'La lampe clignote',
  });

  test('a key sees and does what its scopes say, in its own town', async () => {
    const [opening, reading, personal, writing] = await Promise.all([
      keyFor('bellerive', ['tickets.open']),
      keyFor('bellerive', ['tickets.read']),
      keyFor('bellerive', ['tickets.read', 'tickets.personal']),
      keyFor('bellerive', ['tickets.read', 'tickets.write']),
    ]);
    const once = { key: opening, body: newLamp(), headers: { 'idempotency-key': 'the-first' } };
    const opened = await call('POST', 'tickets', once);
    expect(opened).toMatchObject({ status: 201, body: { topic: 'report_street_light', state: 'new', channel: 'api' } });
    const { reference } = opened.body;
    expect((await call('POST', 'tickets', once)).body.reference).toBe(reference);
    expect((await rows.tickets()).filter(({ channel }) => channel === 'api')).toHaveLength(1);

    const seen = await call('GET', `tickets/${reference}`, { key: reading });
    expect(TicketShape.parse(seen.body)).not.toHaveProperty('personal');
    expect(JSON.stringify(seen.body)).not.toMatch(/zoe|clignote/i);
    const whole = await call('GET', `tickets/${reference}`, { key: personal });
    expect(TicketShape.parse(whole.body).personal).toMatchObject({
      words: 'La lampe clignote',
      contact: { value: 'zoe@example.org' },
    });
    expect(TicketList.parse((await call('GET', 'tickets?limit=1', { key: reading })).body).items).toHaveLength(1);

    expect((await call('PATCH', `tickets/${reference}`, { key: reading, body: { state: 'assigned' } })).body.error.code).toBe(
      'missing-scope',
    );
    const moved = await call('PATCH', `tickets/${reference}`, { key: writing, body: { state: 'in-progress' } });
    expect(Changed.parse(moved.body)).toMatchObject({ is_changed: true, ticket: { state: 'in-progress' } });
    expect(await call('PATCH', `tickets/${reference}`, { key: writing, body: { state: 'resolved' } })).toMatchObject({
      status: 409,
      body: { error: { code: 'needs-words' } },
    });
    const noted = await call('POST', `tickets/${reference}/comments`, {
      key: writing,
      body: { text: 'pièce commandée', is_public: false },
    });
    expect([noted.status, Changed.parse(noted.body).is_changed]).toEqual([201, true]);
    const [row] = (await rows.tickets()).filter((one) => one.reference === reference);
    expect(row!.history.map(({ kind, agent }) => [kind, agent?.name])).toEqual([
      ['opened', undefined],
      ['state', 'the works program'],
      ['comment', 'the works program'],
    ]);

    const elsewhere = await keyFor('saint-aubin', ['tickets.read']);
    expect((await call('GET', `tickets/${reference}`, { key: elsewhere })).status).toBe(404);
    expect(ServiceList.parse((await call('GET', 'services', { key: reading })).body).items.length).toBeGreaterThan(3);
    const watching = await keyFor('bellerive', ['conversations.read']);
    expect(ConversationList.parse((await call('GET', 'conversations', { key: watching })).body)).toEqual({ items: [] });
    await createApiKeys(rows.database).revoke(hashOf(watching), 1);
    expect((await call('GET', 'conversations', { key: watching })).status).toBe(401);
  });

  test('an admin makes a key at the desk, sees that it is used, renews it without a break, and ends it; nobody else may', async () => {
    const [karim, nadia] = [await signedIn(hall, 'karim'), await signedIn(hall, 'nadia')];
    expect((await nadia.get('keys')).status).toBe(403);
    expect((await nadia.call('POST', 'keys', { name: 'mine', scopes: ['tickets.read'] })).status).toBe(403);
    expect((await karim.call('POST', 'keys', { name: 'Voirie', scopes: [] })).status).toBe(400);
    const { status, body: made } = await karim.call('POST', 'keys', { name: 'Voirie', scopes: ['tickets.read'] });
    expect([status, made.row.lastUsedAt]).toEqual([201, undefined]);
    const reads = async (shown: string) => (await call('GET', 'tickets', { key: shown })).status;
    expect(await reads(made.key)).toBe(200);
    const rowOf = async (prefix: string) =>
      ((await karim.get('keys')).body.items as Array<{ prefix: string }>).find((one) => one.prefix === prefix);
    expect(await rowOf(made.row.prefix)).toMatchObject({ name: 'Voirie', lastUsedAt: expect.any(String) });
    expect((await karim.get('keys')).text).not.toContain(made.key);
    const { body: renewed } = await karim.call('POST', `keys/${made.row.prefix}/renew`, {});
    expect((await karim.call('POST', `keys/${made.row.prefix}/renew`, {})).status).toBe(409);
    expect([await reads(made.key), await reads(renewed.key)]).toEqual([200, 200]);
    expect((await karim.call('DELETE', `keys/${renewed.row.prefix}`)).status).toBe(204);
    expect(await reads(renewed.key)).toBe(401);
    expect((await karim.call('DELETE', 'keys/guichet_zzzzzz')).status).toBe(404);
    const over = { $set: { endsAt: hall.clock.now().getTime() } };
    await rows.database.collection('api_keys').changeIf({ _id: hashOf(made.key), endsAt: { $exists: true } }, over);
    expect(await reads(made.key)).toBe(401);
    const noted = (await karim.get('audit?what=api-key')).body.items as Array<{ what: string }>;
    expect(noted.map(({ what }) => what).sort()).toEqual(['api-key.ended', 'api-key.made', 'api-key.renewed']);
  });

  test('what is not as it should be is refused, and a network that guesses keys waits', async () => {
    const opening = await keyFor('bellerive', ['tickets.open']);
    const post = (body: unknown) => call('POST', 'tickets', { key: opening, body });
    expect((await post({ ...newLamp(), colour: 'red' })).status).toBe(400);
    expect((await post({ ...newLamp(), answers: { colour: 'red' } })).body.error.message).toMatch(/colour is no question/);
    expect((await post({ ...newLamp(), topic: 'ask_passport' })).status).toBe(404);
    expect((await post({ ...newLamp(), place: { latitude: 48.85, longitude: 2.35 } })).body.error.message).toMatch(
      /outside the town/,
    );
    expect((await call('GET', 'tickets?state=open&state=all', { key: readingKey })).status).toBe(400);
    expect((await call('GET', 'tickets?state[$ne]=open', { key: readingKey })).status).toBe(400);
    const statuses = [];
    for (let n = 0; n < 40; n += 1)
      statuses.push((await call('GET', 'tickets', { key: `guichet_${String(n).padStart(43, 'x')}` })).status);
    expect(statuses).toEqual(expect.arrayContaining([401, 429]));
  });

  test('the contract has every route of the API, and every route is in it', async () => {
    const contract = (await (await fetch(`${hall.url}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, object>; security: object[] }>>;
    };
    expect(contract.openapi).toBe('3.1.0');
    const nothing = {} as unknown as Parameters<typeof createApiRoutes>[0];
    const mounted = createApiRoutes({ ...nothing, clock: () => new Date() })
      .filter(({ path }) => path.startsWith('/api/v1/') && !path.endsWith('openapi.json'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const written = Object.entries(contract.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(written.sort()).toEqual(mounted.sort());
    for (const methods of Object.values(contract.paths))
      for (const { responses, security } of Object.values(methods)) {
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '429']));
        expect(security).toHaveLength(1);
      }
    const { responses } = contract.paths['/api/v1/tickets/{reference}']!.get as never as {
      responses: Record<string, { content: Record<string, { schema: object }> }>;
    };
    expect(responses['200']!.content['application/json']!.schema).toMatchObject({ type: 'object', additionalProperties: false });
  });
});

describe('requests taken over from a file, and their figures for everybody', () => {
  const line = (id: string, opened: string, at: string) => `${id};report_pothole;${opened};${at};;;;"Trou, encore\nlà"`;
  const HEAD = 'id;topic;opened;address;latitude;longitude;phone;words';
  const along = (n: number) => line(`old-${n}`, '2026-10-12', `${n} quai de la Marne`);

  test('what is wrong is told by line and opens nothing; what is right is opened once, however often it is sent', async () => {
    const karim = await signedIn(hall, 'karim');
    const send = async (csv: string, isTrial: boolean) => (await karim.call('POST', 'tickets/import', { csv, isTrial })).body;
    const before = await createTickets(rows.database).count('bellerive');
    const bad = [
      HEAD,
      along(1),
      'x;report_nothing;2026-10-12;1 quai de la Marne;;;;',
      'y;report_pothole;soon;;91;2.1;12;',
      along(1),
      'z;report_pothole;2026-10-12;;;;;',
      `w;report_pothole;2026-10-12;;${Number(place.lat) + 3};${place.long};;`,
    ].join('\n');
    const wrong = await send(bad, false);
    expect(wrong).toMatchObject({ ready: 1, opened: 0, there: 0 });
    expect(wrong.faults.map(({ line: at, column, code, more }: LineFault) => [at, column, code, more])).toEqual([
      // The words of the second line go over two.
      [4, 'topic', 'no-report', undefined],
      [5, 'opened', 'date', undefined],
      [5, 'latitude', 'degrees', '90'],
      [5, 'phone', 'phone', undefined],
      [7, 'id', 'twice', '3'],
      [8, 'place', 'needs-place', undefined],
      [9, 'place', 'outside', undefined],
    ]);
    for (const [csv, code] of [
      ['', 'no-columns'],
      ['a;b\n1;2', 'no-columns'],
      [`${HEAD}\nid;"report`, 'unreadable'],
      [`${HEAD};id`, 'column-twice'],
    ] as const)
      expect(await send(csv, false)).toMatchObject({ opened: 0, faults: [{ line: expect.any(Number), code }] });
    expect(await createTickets(rows.database).count('bellerive')).toBe(before);

    const good = [HEAD, ...[1, 2, 3, 4, 5].map(along), line('old-6', '2026-10-31', '=1+1')].join('\r\n');
    expect(await send(good, true)).toEqual({ ready: 6, opened: 0, there: 0, faults: [] });
    expect(await send(good, false)).toEqual({ ready: 0, opened: 6, there: 0, faults: [] });
    expect(await send(good, false)).toEqual({ ready: 0, opened: 0, there: 6, faults: [] });
    expect(await createTickets(rows.database).count('bellerive')).toBe(before + 6);
    const nadia = await signedIn(hall, 'nadia');
    expect((await nadia.call('POST', 'tickets/import', { csv: good, isTrial: true })).status).toBe(403);

    const file = (await karim.get('tickets.csv?state=all&sector=quais')).text;
    expect(file.match(/quai de la Marne/g)).toHaveLength(5);
    expect(file).toContain('2026-10-12');
    expect(file).not.toMatch(/encore|=1/);
    const whole = (await karim.get('tickets.csv?state=all')).text;
    expect(whole).toContain(`'=1+1`);
    expect(whole).not.toMatch(/(^|;)"?[=+@-]/m);
    expect((await karim.get('tickets.csv?state=refused')).text.trim().split('\r\n')).toHaveLength(1);
  });

  test('figures of months that are over are public where the town says so, and small counts are not in them', async () => {
    const get = async (path: string) => fetch(`${hall.url}/open-data/${path}`);
    const {
      smallest,
      sectors,
      rows: all,
    } = (await (await get('bellerive/requests.json')).json()) as {
      smallest: number;
      sectors: Array<{ id: string; name: string }>;
      rows: Array<{ month: string; topic: string; requests: number | null; bySector: Record<string, number | null> }>;
    };
    expect([smallest, sectors.map(({ id }) => id)]).toEqual([3, ['centre', 'gare', 'chateau', 'quais', '(none)']]);
    const october = all.find(({ month, topic }) => month === '2026-10' && topic === 'report_pothole')!;
    // Five along the river and one that nobody can place: a single hidden count beside the total would be told by it.
    expect(october.requests).toBe(6);
    expect(Object.values(october.bySector)).toEqual([null, null, null, null, null]);
    // Not the month that goes on.
    expect([all.at(0)?.month, all.at(-1)?.month]).toEqual(['2025-11', '2026-10']);
    expect(all.filter(({ requests }) => requests !== null)).toEqual([october]);
    const csv = await get('bellerive/requests.csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await csv.text()).toContain('2026-10;report_pothole;');
    expect((await get('saint-aubin/requests.json')).status).toBe(404);
    expect((await get('nowhere/requests.csv')).status).toBe(404);
  });
});
