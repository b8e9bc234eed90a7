/** The guide to going live by phone says what the program does: each error code, the webhook, the steps that cures point at. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deliveryForCode } from '../../src/channels/twilio/outgoing/error-codes';
import { MESSAGE_PATH } from '../../src/channels/twilio/services';
import { judgeWebhook, OVERRIDES } from '../../tools/check-twilio/webhook';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const GUIDE = read('docs/twilio.md');

/** What the last table says is done about each code. */
const told = new Map(
  [...GUIDE.matchAll(/^\| ([\d, ]+\d|20429, HTTP 429) \| .* \| ([^|]+) \|$/gm)].flatMap(([, codes = '', what = '']) =>
    [...codes.matchAll(/\d{5}/g)].map(([code]) => [Number(code), what.trim()] as const),
  ),
);
const known = [...read('src/channels/twilio/outgoing/error-codes.ts').matchAll(/^ {2}(\d{5}): /gm)].map(([, code]) =>
  Number(code),
);

test('every code that the program knows is told, and no other', () => {
  expect(known.length).toBeGreaterThan(25);
  expect([...told.keys()].sort()).toEqual([...known, 21610].sort());
});

test.each([...told])('%i: what is told is what is done', (code, what) => {
  const delivery = deliveryForCode(code);
  const words = delivery.outcome === 'later' ? /^again/ : code === 21610 ? /^not sent, recorded/ : /^given up|^does not happen/;
  expect(what).toMatch(words);
});

test('the webhook of the guide is one that the check accepts', () => {
  const [url = ''] = /https:\/\/guichet\.ville\.example\/hooks\S+#\S+/.exec(GUIDE) ?? [];
  expect(url).toBe(`https://guichet.ville.example${MESSAGE_PATH}${OVERRIDES}`);
  const settings = { url, method: 'POST', fallbackUrl: url, fallbackMethod: 'POST' };
  expect(judgeWebhook('x', settings, 'https://guichet.ville.example', '')).toMatchObject([{ state: 'good' }]);
});

test('the steps that cures point at are there, about what they say', () => {
  const steps = new Map([...GUIDE.matchAll(/^## (\d+)\. (.+)$/gm)].map(([, step = '', title = '']) => [step, title]));
  const source = readdirSync(join(ROOT, 'tools/check-twilio'))
    .map((file) => read(`tools/check-twilio/${file}`))
    .join('\n');
  const named = [...source.matchAll(/docs\/twilio\.md, step (\d+)/g)].map(([, step = '']) => step);
  expect([...new Set(named)].sort()).toEqual(['2', '3', '4', '5', '6']);
  expect(['2', '3', '4', '5', '6'].map((step) => steps.get(step))).toEqual([
    'SID and token',
    'A number for SMS',
    'A WhatsApp sender',
    'Senders of the town',
    'The public address',
  ]);
});
