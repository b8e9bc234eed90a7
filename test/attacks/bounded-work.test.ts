/**
 * What a stranger sends costs the town hall next to nothing, however it is made: every route is sent its worst legal
 * bodies, headers and queries, and the main thread's processor time is looked at. A new route without a row here fails.
 */
import { APP_ID, APP_PASSWORD, type BotFrameworkCloud, openBotFrameworkCloud } from '../support/botframework-cloud';
import { signedIn } from '../support/desk';
import { createClient, type Visitor } from '../support/direct-line';
import { type MeasuredHall, openMeasuredHall } from '../support/measured-hall';
import { until } from '../support/until';
import { isTableWanted, noteCost, writeCosts } from './costs-table';
import { FORMS, HEADERS, JSONS, MULTIPARTS, QUERIES } from './worst-bodies';

/** Milliseconds of the main thread. */
const MOST = 50;
const PHONE = { town: 'bellerive', channel: 'sms', number: '+33639981234' };

let hall: MeasuredHall;
let cloud: BotFrameworkCloud;
let ana: Visitor;
let code: string;
let cookie: string;
let addresses = 0;

beforeAll(async () => {
  cloud = await openBotFrameworkCloud();
  hall = await openMeasuredHall({
    TRUSTED_PROXIES: '1',
    BOTFRAMEWORK_APP_ID: APP_ID,
    BOTFRAMEWORK_APP_PASSWORD: APP_PASSWORD,
    BOTFRAMEWORK_TOWN: 'bellerive',
    BOTFRAMEWORK_SERVICE_URLS: cloud.connectorOrigin,
    BOTFRAMEWORK_CLOUD: JSON.stringify(cloud.endpoints),
    PHONE_PAUSE_MS: '0',
    // A server of mail that nobody calls: the route for e-mails is there, and no answer goes out by it.
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'guichet@bellerive.example',
    MAIL_SECRET: 'a-secret-of-the-mail-server-and-of-us',
  });
  ana = await createClient(hall.url).arrive('bellerive');
  code = await photoCode();
  cookie = (await signedIn(hall, 'karim')).cookie;
});

afterAll(async () => {
  writeCosts((route) => !isKnown(ROWS[route]?.headers));
  await hall?.close();
  await cloud?.close();
});

/** A report by text message, and the end of the link that its confirmation carries. */
async function photoCode(): Promise<string> {
  const says = (text: string) =>
    fetch(`${hall.url}/demo/carrier/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...PHONE, text }),
    });
  const heard = async (what: RegExp) => {
    const shown = await fetch(`${hall.url}/demo/carrier/messages?${new URLSearchParams(PHONE)}`);
    const { messages } = (await shown.json()) as { messages: Array<{ text: string }> };
    return messages.map(({ text }) => what.exec(text)).find((found) => found !== null);
  };
  await says('lampadaire cassé devant le 14 rue des Lilas');
  await until('the question', () => heard(/OUI/));
  await says('oui');
  return (await until('the link', () => heard(/\/p\/(\S+)/)))[1]!;
}

interface Row {
  /** The path with its parts filled in. */
  path?: () => string;
  /** What is shown of whoever may show anything; the rest is sent by nobody known. */
  headers?: () => Record<string, string>;
  bodies?: Record<string, string | { type: string; body: string }>;
}

const ownPage = () => ({ origin: hall.url });
const atDesk = () => ({ ...ownPage(), cookie });
/** Of nobody: what a key may ask for is bounded by its own count. */
const withKey = () => ({ authorization: `Bearer guichet_${'x'.repeat(43)}` });

/** Whether it is sent as by somebody of the town hall, or by a program with a key. */
const isKnown = (headers: Row['headers']) => headers === atDesk || headers === withKey;

const draft = (what: string) => ({
  path: () => `/desk/api/knowledge/topics/faq_passport/${what}`,
  headers: atDesk,
  bodies: JSONS,
});
const bearer = () => ({ authorization: `Bearer ${ana.token}` });
const inside =
  (rest = '') =>
  () =>
    `/v3/directline/conversations/${ana.conversationId}${rest}`;
const signed = { headers: () => ({ 'x-twilio-signature': 'bm90IHNpZ25lZCBieSBUd2lsaW8=' }), bodies: FORMS };
/** The activity that a valid token of the Bot Framework would vouch for. */
const about = (text: string) => text.replace(/^\{/, `{"channelId":"msteams","serviceUrl":${JSON.stringify(cloud.serviceUrl)},`);

const ROWS: Record<string, Row> = {
  'GET /healthz': {},
  'GET /readyz': {},
  'GET /metrics': {},
  'POST /widget/:town/token': { path: () => '/widget/bellerive/token', headers: () => ({ origin: hall.url }), bodies: JSONS },
  'OPTIONS /widget/:town/token': { path: () => '/widget/bellerive/token', headers: () => ({ origin: hall.url }) },
  'POST /v3/directline/tokens/generate': { headers: bearer, bodies: JSONS },
  'OPTIONS /v3/directline/tokens/generate': {},
  'POST /v3/directline/tokens/refresh': { headers: bearer, bodies: JSONS },
  'OPTIONS /v3/directline/tokens/refresh': {},
  'POST /v3/directline/conversations': { headers: bearer, bodies: JSONS },
  'OPTIONS /v3/directline/conversations': {},
  'GET /v3/directline/conversations/:id': { path: inside(), headers: bearer },
  'OPTIONS /v3/directline/conversations/:id': { path: inside() },
  'GET /v3/directline/session/getsessionid': { headers: bearer },
  'OPTIONS /v3/directline/session/getsessionid': {},
  'POST /v3/directline/conversations/:id/activities': { path: inside('/activities'), headers: bearer, bodies: JSONS },
  'GET /v3/directline/conversations/:id/activities': { path: inside('/activities'), headers: bearer },
  'OPTIONS /v3/directline/conversations/:id/activities': { path: inside('/activities') },
  'POST /v3/directline/conversations/:id/upload': { path: inside('/upload'), headers: bearer, bodies: MULTIPARTS },
  'OPTIONS /v3/directline/conversations/:id/upload': { path: inside('/upload') },
  'GET /files/:id': { path: () => `/files/${'0'.repeat(32)}` },
  'POST /hooks/twilio/message': signed,
  'POST /hooks/twilio/status': signed,
  'POST /hooks/email/message': { headers: () => ({ authorization: 'Bearer nobody' }) },
  'GET /f/:code': { path: () => `/f/${code}` },
  'GET /p/:code': { path: () => `/p/${code}` },
  'GET /legal/:town': { path: () => '/legal/bellerive' },
  'GET /legal/:town/:text': { path: () => '/legal/bellerive/data' },
  'GET /s/:code': { path: () => `/s/${'a'.repeat(20)}` },
  'GET /d/:code': { path: () => `/d/${'a'.repeat(22)}` },
  'POST /d/:code': { path: () => `/d/${'a'.repeat(22)}` },
  'POST /p/:code': { path: () => `/p/${code}`, bodies: MULTIPARTS },
  'POST /api/messages': {
    headers: () => ({ authorization: `Bearer ${cloud.mint({ key: cloud.strangersKey })}` }),
    bodies: JSONS,
  },
  'POST /desk/api/session': { headers: ownPage, bodies: JSONS },
  'DELETE /desk/api/session': { headers: ownPage },
  'POST /desk/api/invitation': { headers: ownPage, bodies: JSONS },
  'POST /desk/api/invitation/accept': { headers: ownPage, bodies: JSONS },
  'GET /desk/api/me': { headers: atDesk },
  'PATCH /desk/api/me': { headers: atDesk, bodies: JSONS },
  'GET /desk/api/conversations': { path: () => '/desk/api/conversations?list=queue', headers: atDesk },
  'GET /desk/api/conversations/:id': { path: () => '/desk/api/conversations/c', headers: atDesk },
  'GET /desk/api/conversations/:id/lines': { path: () => '/desk/api/conversations/c/lines?before=9', headers: atDesk },
  'GET /desk/api/conversations/:id/templates': { path: () => '/desk/api/conversations/c/templates', headers: atDesk },
  'POST /desk/api/conversations/:id/actions': { path: () => '/desk/api/conversations/c/actions', headers: atDesk, bodies: JSONS },
  'POST /desk/api/actions': { headers: atDesk, bodies: JSONS },
  'POST /desk/api/changes': { headers: atDesk, bodies: JSONS },
  'GET /desk/api/board': { headers: atDesk },
  'PUT /desk/api/services/:id/pause': { path: () => '/desk/api/services/accueil/pause', headers: atDesk, bodies: JSONS },
  'DELETE /desk/api/services/:id/pause': { path: () => '/desk/api/services/accueil/pause', headers: atDesk },
  'POST /desk/api/conversations/:id/files': {
    path: () => '/desk/api/conversations/c/files?upload=7f8d1f52-6a0a-4f8e-9a36-0d6c1c1b2a11',
    headers: atDesk,
  },
  'POST /hooks/handoff': { bodies: JSONS },
  'GET /desk/api/report': { headers: atDesk },
  'GET /desk/api/destinations': { headers: atDesk },
  'GET /desk/api/audit': { headers: atDesk },
  'GET /desk/api/audit.csv': { headers: atDesk },
  'GET /desk/api/keys': { headers: atDesk },
  'POST /desk/api/keys': { headers: atDesk, bodies: JSONS },
  'POST /desk/api/keys/:prefix/renew': { path: () => '/desk/api/keys/guichet_aaaaaa/renew', headers: atDesk, bodies: JSONS },
  'DELETE /desk/api/keys/:prefix': { path: () => '/desk/api/keys/guichet_aaaaaa', headers: atDesk },
  'POST /desk/api/persons/find': { headers: atDesk, bodies: JSONS },
  'POST /desk/api/persons/export': { headers: atDesk, bodies: JSONS },
  'POST /desk/api/persons/erase': { headers: atDesk, bodies: JSONS },
  'GET /desk/api/retention': { headers: atDesk },
  'GET /desk/api/eliminations.csv': { headers: atDesk },
  'GET /desk/api/tickets/:reference/readers': { path: () => '/desk/api/tickets/47HZ-B7WS/readers', headers: atDesk },
  'GET /desk/api/tickets/:reference/readers.csv': { path: () => '/desk/api/tickets/47HZ-B7WS/readers.csv', headers: atDesk },
  'PUT /desk/api/tickets/:reference/hold': {
    path: () => '/desk/api/tickets/47HZ-B7WS/hold',
    headers: atDesk,
    bodies: JSONS,
  },
  'DELETE /desk/api/tickets/:reference/hold': { path: () => '/desk/api/tickets/47HZ-B7WS/hold', headers: atDesk },
  'GET /desk/api/abuse': { headers: atDesk },
  'GET /desk/api/abuse.csv': { headers: atDesk },
  'GET /open311/discovery.xml': {},
  'GET /open311/v2/discovery.xml': {},
  'GET /open311/v2/services.xml': {},
  'GET /open311/v2/requests.xml': { path: () => '/open311/v2/requests.xml?jurisdiction_id=bellerive' },
  'POST /open311/v2/requests.xml': {
    path: () => '/open311/v2/requests.xml?jurisdiction_id=bellerive',
    bodies: { ...FORMS, ...MULTIPARTS },
  },
  'GET /open311/discovery.json': {},
  'GET /open311/v2/discovery.json': {},
  'GET /open311/v2/services.json': {},
  'GET /open311/v2/requests.json': { path: () => '/open311/v2/requests.json?jurisdiction_id=bellerive' },
  'POST /open311/v2/requests.json': {
    path: () => '/open311/v2/requests.json?jurisdiction_id=bellerive',
    bodies: { ...FORMS, ...MULTIPARTS },
  },
  'GET /open311/v2/services/:name': { path: () => '/open311/v2/services/report_graffiti.json' },
  'GET /open311/v2/requests/:name': { path: () => '/open311/v2/requests/r00000000000000.json' },
  'GET /open311/v2/tokens/:name': { path: () => '/open311/v2/tokens/r00000000000000.json' },
  'GET /api/openapi.json': {},
  'GET /api/v1/openapi.json': {},
  'GET /api/v1/services': { headers: withKey },
  'GET /api/v1/conversations': { headers: withKey },
  'GET /api/v1/tickets': { headers: withKey },
  'POST /api/v1/tickets': { headers: withKey, bodies: JSONS },
  'GET /api/v1/tickets/:reference': { path: () => '/api/v1/tickets/47HZ-B7WS', headers: withKey },
  'PATCH /api/v1/tickets/:reference': { path: () => '/api/v1/tickets/47HZ-B7WS', headers: withKey, bodies: JSONS },
  'POST /api/v1/tickets/:reference/comments': {
    path: () => '/api/v1/tickets/47HZ-B7WS/comments',
    headers: withKey,
    bodies: JSONS,
  },
  'GET /desk/api/webhooks': { headers: atDesk },
  'POST /desk/api/webhooks/:id/replay': { path: () => '/desk/api/webhooks/gru/replay', headers: atDesk, bodies: JSONS },
  'POST /desk/api/webhooks/:id/test': { path: () => '/desk/api/webhooks/gru/test', headers: atDesk, bodies: JSONS },
  'GET /desk/api/services': { headers: atDesk },
  'GET /desk/api/topics': { headers: atDesk },
  'POST /desk/api/contacts/reading': { headers: atDesk, bodies: JSONS },
  'POST /desk/api/contacts': { headers: atDesk, bodies: JSONS },
  'GET /desk/api/people': { headers: atDesk },
  'POST /desk/api/people': { headers: atDesk, bodies: JSONS },
  'POST /desk/api/people/:id/link': { path: () => '/desk/api/people/bellerive:9/link', headers: atDesk },
  'PATCH /desk/api/people/:id': { path: () => '/desk/api/people/bellerive:9', headers: atDesk, bodies: JSONS },
  'PUT /desk/api/conversations/:id/drafts/:kind': {
    path: () => `/desk/api/conversations/${ana.conversationId}/drafts/note`,
    headers: atDesk,
    bodies: JSONS,
  },
  'GET /desk/api/conversations/:id/drafts': {
    path: () => `/desk/api/conversations/${ana.conversationId}/drafts`,
    headers: atDesk,
  },
  'GET /desk/api/canned': { headers: atDesk },
  'PUT /desk/api/canned/:id': { path: () => '/desk/api/canned/a', headers: atDesk, bodies: JSONS },
  'DELETE /desk/api/canned/:id': { path: () => '/desk/api/canned/a', headers: atDesk },
  'GET /desk/api/training': { headers: atDesk },
  'POST /desk/api/training/exercises': { headers: atDesk, bodies: JSONS },
  'PUT /desk/api/training/exercises/:id/shared': {
    path: () => '/desk/api/training/exercises/a/shared',
    headers: atDesk,
    bodies: JSONS,
  },
  'GET /desk/api/search': { path: () => '/desk/api/search?q=lampadaire', headers: atDesk },
  'GET /desk/api/tickets': { headers: atDesk },
  'GET /desk/api/tickets/places': { path: () => '/desk/api/tickets/places?state=all', headers: atDesk },
  'GET /desk/api/map': { headers: atDesk },
  'GET /desk/api/conversations/:id/recording': { path: () => '/desk/api/conversations/c/recording', headers: atDesk },
  'POST /desk/api/training/recordings': { headers: atDesk, bodies: JSONS },
  'DELETE /desk/api/training/recordings/:id': { path: () => '/desk/api/training/recordings/recorded-1', headers: atDesk },
  'GET /desk/api/tickets/:reference': { path: () => '/desk/api/tickets/47HZ-B7WS', headers: atDesk },
  'GET /desk/api/tickets/:reference/files/:file': {
    path: () => `/desk/api/tickets/47HZ-B7WS/files/${'0'.repeat(32)}`,
    headers: atDesk,
  },
  'POST /desk/api/tickets/:reference/changes': {
    path: () => '/desk/api/tickets/47HZ-B7WS/changes',
    headers: atDesk,
    bodies: JSONS,
  },
  'GET /desk/api/directory/name': {},
  'GET /desk/api/directory/start': {},
  'GET /desk/api/directory/callback': { path: () => '/desk/api/directory/callback?code=x&state=y' },
  'GET /open-data/:town/requests.json': { path: () => '/open-data/bellerive/requests.json' },
  'GET /open-data/:town/requests.csv': { path: () => '/open-data/bellerive/requests.csv' },
  'GET /desk/api/tickets.csv': { path: () => '/desk/api/tickets.csv?state=all', headers: atDesk },
  'POST /desk/api/tickets/import': { headers: atDesk, bodies: JSONS },
  'GET /quality/:town': { path: () => '/quality/bellerive' },
  'GET /desk/api/figures': { headers: atDesk },
  'GET /desk/api/figures.csv': { path: () => '/desk/api/figures.csv?of=days', headers: atDesk },
  'GET /desk/api/knowledge/misses': { headers: atDesk },
  'POST /desk/api/knowledge/misses/settle': { headers: atDesk, bodies: JSONS },
  'GET /desk/api/knowledge/topics': { headers: atDesk },
  'GET /desk/api/knowledge/topics/:id': { path: () => '/desk/api/knowledge/topics/faq_passport', headers: atDesk },
  'GET /desk/api/knowledge/topics/:id/file': { path: () => '/desk/api/knowledge/topics/faq_passport/file', headers: atDesk },
  'POST /desk/api/knowledge/topics/:id/check': draft('check'),
  'POST /desk/api/knowledge/topics/:id/try': draft('try'),
  'POST /desk/api/knowledge/topics/:id/undo': draft('undo'),
  'POST /desk/api/knowledge/topics/:id/flag': draft('flag'),
  'DELETE /desk/api/knowledge/topics/:id/flag': { path: () => '/desk/api/knowledge/topics/faq_passport/flag', headers: atDesk },
  'GET /desk/api/knowledge/topics/:id/draft': { path: () => '/desk/api/knowledge/topics/faq_passport/draft', headers: atDesk },
  'PUT /desk/api/knowledge/topics/:id/draft': {
    path: () => '/desk/api/knowledge/topics/faq_passport/draft',
    headers: atDesk,
    bodies: JSONS,
  },
  'DELETE /desk/api/knowledge/topics/:id/draft': { path: () => '/desk/api/knowledge/topics/faq_passport/draft', headers: atDesk },
  'PUT /desk/api/knowledge/topics/:id': { path: () => '/desk/api/knowledge/topics/faq_passport', headers: atDesk, bodies: JSONS },
  'POST /desk/api/conversations/:id/proposals': {
    path: () => '/desk/api/conversations/c/proposals',
    headers: atDesk,
    bodies: JSONS,
  },
  'POST /desk/api/tickets/:reference/service': {
    path: () => '/desk/api/tickets/47HZ-B7WS/service',
    headers: atDesk,
    bodies: JSONS,
  },
  'GET /open-data/:town/polls.json': { path: () => '/open-data/bellerive/polls.json' },
  'GET /desk/api/campaigns': { headers: atDesk },
  'POST /desk/api/campaigns': { headers: atDesk, bodies: JSONS },
  'POST /desk/api/campaigns/count': { headers: atDesk, bodies: JSONS },
  'GET /desk/api/campaigns/:id': { path: () => '/desk/api/campaigns/c', headers: atDesk },
  'POST /desk/api/campaigns/:id/stop': { path: () => '/desk/api/campaigns/c/stop', headers: atDesk, bodies: JSONS },
  'GET /desk/api/campaigns/:id/answers.csv': { path: () => '/desk/api/campaigns/c/answers.csv', headers: atDesk },
  'GET /desk/api/register.csv': { path: () => '/desk/api/register.csv', headers: atDesk },
  'POST /desk/api/tickets/:reference/merge': {
    path: () => '/desk/api/tickets/47HZ-B7WS/merge',
    headers: atDesk,
    bodies: JSONS,
  },
  'POST /desk/api/tickets/:reference/split': {
    path: () => '/desk/api/tickets/47HZ-B7WS/split',
    headers: atDesk,
    bodies: JSONS,
  },
  'DELETE /desk/api/tickets/:reference/helper': { path: () => '/desk/api/tickets/47HZ-B7WS/helper', headers: atDesk },
  'POST /desk/api/tickets/:reference/incident': {
    path: () => '/desk/api/tickets/47HZ-B7WS/incident',
    headers: atDesk,
    bodies: JSONS,
  },
  'GET /desk/api/*': { path: () => '/desk/api/nothing/here', headers: atDesk },
  'GET /demo/carrier/towns': {},
  'GET /demo/carrier/messages': { path: () => `/demo/carrier/messages?${new URLSearchParams(PHONE)}` },
  'POST /demo/carrier/messages': { bodies: JSONS },
  'POST /demo/carrier/pictures': { path: () => `/demo/carrier/pictures?town=nowhere`, bodies: MULTIPARTS },
  'POST /demo/carrier/network': { bodies: JSONS },
};

describe('ten thousand characters of', () => {
  /** A whole visit: a conversation, one message, its answer. */
  async function visit(text: string): Promise<void> {
    const client = createClient(hall.url);
    const ben = await client.arrive('bellerive');
    await client.say(ben, text);
    const said = async () =>
      (await client.read(ben)).body.activities.filter((one: { from: { role: string } }) => one.from.role === 'bot');
    await until('the answer', async () => (await said()).length > 1);
  }

  test.each([
    '12 bis rue Victor Hugo, ',
    "devant l'école ",
    '06 39 98 12 34 ',
    'demain à 14 h ',
    'a@b.fr ',
    'je suis en danger ',
    'a ',
  ])(
    '"%s" cost less than five ordinary messages, heard, answered and read',
    async (words) => {
      let [ordinary, spent] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      // On a busy machine either is measured dearer than it is: the two take turns, and the least of each counts.
      for (let round = 0; round < 6 && (round < 2 || spent >= 5 * ordinary); round += 1) {
        ordinary = Math.min(ordinary, await hall.cost(() => visit('quels papiers faut-il pour une carte d’identité ?'), 2));
        spent = Math.min(spent, await hall.cost(() => visit(words.repeat(10_000).slice(0, 10_000)), 2));
      }
      noteCost('a message of 10,000 characters, from first to last', 'body', words.trim(), spent);
      expect(spent).toBeLessThan(5 * ordinary);
    },
    180_000,
  );
});

describe('fifty megabytes of', () => {
  const LONG_BOUNDARY = 'x'.repeat(70);
  const HEAD = `--${LONG_BOUNDARY}\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n`;
  const MEGABYTES = 10;

  test.each([
    ['what is nearly the boundary', `\r\n--${LONG_BOUNDARY.slice(0, -1)}`],
    ['line ends', '\r\n'],
    ['one letter', 'a'],
  ])(
    '%s cost less than 15 ms each',
    async (name, part) => {
      const file = part.repeat(Math.floor((MEGABYTES * 1024 * 1024 - HEAD.length) / part.length));
      const body = `${`${HEAD}${file}\r\n`.repeat(5)}--${LONG_BOUNDARY}--`;
      const spent = await hall.cost(async () => {
        const ben = await createClient(hall.url).arrive('bellerive');
        const answer = await fetch(`${hall.url}/v3/directline/conversations/${ben.conversationId}/upload`, {
          method: 'POST',
          headers: { authorization: `Bearer ${ben.token}`, 'content-type': `multipart/form-data; boundary=${LONG_BOUNDARY}` },
          body,
        });
        expect([await answer.text(), answer.status]).toEqual([expect.stringContaining('FileNotAllowed'), 415]);
      }, 3);
      noteCost('an upload of 50 MB', 'body', name, spent);
      expect(spent / (5 * MEGABYTES)).toBeLessThan(15);
    },
    180_000,
  );
});

/** Files of a folder of ours, all answered alike. */
const isPage = (route: string) => /^GET \/(widget\.js|desk|desk\/[^/]+|demo|demo\/[^/]+|demo\/phones\/[^/]+)?$/.test(route);

test('every route of the server has its row', () => {
  const known = new Set(Object.keys(ROWS));
  expect(hall.routes.filter((route) => !known.has(route) && !isPage(route))).toEqual([]);
  expect(Object.keys(ROWS).filter((route) => !hall.routes.includes(route))).toEqual([]);
});

describe.each(Object.keys(ROWS))('%s', (route) => {
  const [method = '', pattern = ''] = route.split(' ');
  const row = ROWS[route]!;
  /** The table is of those whom anybody may send to. */
  const isMeasured = isTableWanted && !isKnown(row.headers);

  async function send(change: { query?: string; headers?: Record<string, string>; body?: string }): Promise<number> {
    addresses += 1;
    const known = { 'x-forwarded-for': `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}` };
    const path = row.path?.() ?? pattern;
    const query = change.query && path.includes('?') ? change.query.replace('?', '&') : (change.query ?? '');
    const answer = await fetch(`${hall.url}${path}${query}`, {
      method,
      headers: { ...known, ...(row.headers?.() ?? {}), ...change.headers },
      body: change.body,
    });
    await answer.arrayBuffer();
    return answer.status;
  }

  type Change = [name: string, change: Parameters<typeof send>[0]];

  const sendAll = (changes: Change[]) => async () => {
    for (const [, change] of changes) await send(change);
  };

  /** What is dearer than it may be. A dear one is tried again: neither a first compilation nor a collection of garbage counts. */
  async function dear(kind: 'head' | 'body', changes: Change[]): Promise<string[]> {
    const tooDear: string[] = [];
    for (const one of changes) {
      const spent = isMeasured ? await hall.cost(sendAll([one]), 2) : await hall.cost(sendAll([one]), 8, MOST);
      noteCost(route, kind, one[0], spent);
      if (spent >= MOST) tooDear.push(`${kind} ${one[0]}: ${spent.toFixed(1)} ms`);
    }
    return tooDear;
  }

  test(`costs less than ${MOST} ms for its worst headers and queries`, async () => {
    const changes = [
      ...Object.entries(HEADERS).map(([name, headers]): Change => [name, { headers }]),
      ...Object.entries(QUERIES).map(([name, query]): Change => [name, { query }]),
    ];
    // Where all together cost less than one may, each of them does.
    const areCheap = !isMeasured && (await hall.cost(sendAll(changes), 1)) < MOST;
    expect(areCheap ? [] : await dear('head', changes)).toEqual([]);
  });

  if (row.bodies) {
    test(`costs less than ${MOST} ms for its worst bodies`, async () => {
      const changes = Object.entries(row.bodies!).map(([name, body]): Change => {
        if (typeof body !== 'string') return [name, { body: body.body, headers: { 'content-type': body.type } }];
        const isForm = row.bodies === FORMS;
        const text = route === 'POST /api/messages' ? about(body) : body;
        const headers = { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' };
        return [name, { body: text.slice(0, 256 * 1024), headers }];
      });
      expect(await dear('body', changes)).toEqual([]);
    }, 120_000);
  }
});
