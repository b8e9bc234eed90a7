/**
 * `npm run check-twilio` against the carrier and a running town hall: everything in order, then each
 * thing that can be wrong, one at a time, found and cured.
 */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openCarrier } from '../../src/demo/carrier';
import { openTowns, type Towns } from '../../src/towns';
import { checkTwilio } from '../../tools/check-twilio/check';
import { lineOf } from '../../tools/check-twilio/finding';
import { connectionFault } from '../../tools/check-twilio/reach';
import { accountOf } from '../support/phone-hall';
import { useCityHall, useOpened } from '../support/use-city-hall';

const ROOT = join(__dirname, '../..');
const PUBLIC_URL = 'https://guichet.example';
const WEBHOOK = `${PUBLIC_URL}/hooks/twilio/message`;
const OVERRIDES = '#rc=3&rp=ct,rt,5xx&rt=4000';
/** As in towns/bellerive/town.yml and towns/saint-aubin/town.yml. */
const SMS = '+33639981000';
const OTHER_SMS = '+33639984100';
const WHATSAPP = 'whatsapp:+33639982000';
const SERVICE = `MG${'7'.repeat(32)}`;
const LIMIT_MS = 60_000;

let towns: Towns;

const carrier = useOpened(
  () => openCarrier({ numbers: [SMS, OTHER_SMS, WHATSAPP] }),
  (opened) => {
    expect(opened.violations).toEqual([]);
    return opened.close();
  },
);
const { hall } = useCityHall(() => ({ env: { ...accountOf(carrier), PUBLIC_URL } }));

beforeAll(async () => {
  towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
});

beforeEach(() => {
  Object.assign(carrier.console, { status: 'active', type: 'Full', services: [] });
  for (const one of carrier.console.numbers) Object.assign(one, { canSms: true, applicationSid: '' });
  for (const one of carrier.console.whatsApp) one.status = 'ONLINE';
  carrier.connect(PUBLIC_URL, hall.url);
});

interface Asked {
  authToken?: string;
  apiUrl?: string;
  publicUrl?: string;
  at?: string;
  isSubmitting?: boolean;
  senders?: Record<string, { sms?: string; whatsapp?: string }>;
}

async function check({
  authToken = carrier.authToken,
  apiUrl = carrier.url,
  publicUrl = PUBLIC_URL,
  senders,
  ...more
}: Asked = {}) {
  const list = () => towns.list().map((town) => ({ ...town, senders: senders ? (senders[town.id] ?? {}) : town.senders }));
  const account = { accountSid: carrier.accountSid, authToken, apiUrl };
  const findings = await checkTwilio({
    config: { twilio: account, publicUrl },
    towns: { list, locale: towns.locale },
    at: 'at' in more ? more.at : hall.url,
    isSubmitting: more.isSubmitting,
  });
  return {
    bad: findings.filter(({ state }) => state === 'bad').map(lineOf),
    good: findings.filter(({ state }) => state === 'good').map(lineOf),
    notes: findings.filter(({ state }) => state === 'note').map(lineOf),
  };
}

const number = (wanted = SMS) => carrier.console.numbers.find((one) => one.number === wanted)!;
const whatsApp = () => carrier.console.whatsApp[0]!;
const nameOf = (template: string, language: string) => `guichet_${template}_${language}`;
const names = () => ['fr', 'en'].flatMap((code) => Object.keys(towns.locale(code)!.templates).map((name) => nameOf(name, code)));
const failures = async (asked?: Asked) => (await check(asked)).bad.filter((line) => !line.includes('guichet_'));

describe('templates: from none to approved', () => {
  test('none is there: each is named, with the command that submits it', async () => {
    const { bad } = await check();
    expect(bad).toEqual(
      names().map(
        (name) => `✗ ${name}: this template is not at Twilio yet. Cure: run npm run check-twilio -- --submit-templates.`,
      ),
    );
    expect(bad.length).toBeGreaterThanOrEqual(10);
  });

  test('submitted once, with their examples; then they wait for WhatsApp', async () => {
    const { bad, good } = await check({ isSubmitting: true });
    expect(good.filter((line) => line.endsWith(': submitted to WhatsApp.'))).toHaveLength(names().length);
    expect(bad).toHaveLength(names().length);
    for (const line of bad) expect(line).toMatch(/: WhatsApp has not decided yet\. Cure: wait;/);
    const again = await check({ isSubmitting: true });
    expect(again.good.filter((line) => line.includes('submitted'))).toEqual([]);
  });

  test('refused, paused or disabled: with WhatsApp’s reason, and what to do', async () => {
    const [refused, paused, disabled, ...others] = names() as [string, string, string];
    for (const name of others) carrier.review(name, 'approved');
    carrier.review(refused, 'rejected', 'INVALID_FORMAT');
    carrier.review(paused, 'paused');
    carrier.review(disabled, 'disabled');
    const { bad } = await check();
    expect(bad).toEqual([
      expect.stringMatching(
        new RegExp(`^✗ ${refused}: WhatsApp refused it \\(INVALID_FORMAT\\)\\. Cure: reword it in locales/fr/`),
      ),
      expect.stringMatching(new RegExp(`^✗ ${paused}: WhatsApp has it paused, .* Cure: `)),
      expect.stringMatching(new RegExp(`^✗ ${disabled}: WhatsApp has it disabled, .* Cure: `)),
    ]);
  });

  test('approved with words that have changed here since', async () => {
    for (const name of names()) carrier.review(name, 'approved');
    const reworded = (code: string) => {
      const { templates } = towns.locale(code)!;
      const [[name, template]] = Object.entries(templates) as [[string, (typeof templates)[string]]];
      return { templates: code === 'en' ? { ...templates, [name]: { ...template, body: `${template.body} Bye.` } } : templates };
    };
    const findings = await checkTwilio({
      config: {
        twilio: { accountSid: carrier.accountSid, authToken: carrier.authToken, apiUrl: carrier.url },
        publicUrl: PUBLIC_URL,
      },
      towns: { list: towns.list, locale: reworded },
      at: hall.url,
    });
    expect(findings.filter(({ state }) => state === 'bad').map(lineOf)).toEqual([
      expect.stringMatching(/^✗ guichet_\w+_en: at Twilio it has other words than locales\/en\/templates\.yml\. Cure: delete /),
    ]);
  });

  test('all approved: nothing is wrong', async () => {
    const { bad, good, notes } = await check();
    expect(bad).toEqual([]);
    expect(notes).toEqual([expect.stringContaining(`Asked at ${hall.url}`)]);
    expect(good).toEqual([
      `✓ The account ${carrier.accountSid} is active.`,
      `✓ ${SMS}: a number of the account that can SMS.`,
      `✓ ${SMS}: messages are sent on to ${WEBHOOK}.`,
      `✓ ${WHATSAPP}: online.`,
      `✓ ${WHATSAPP}: messages are sent on to ${WEBHOOK}.`,
      `✓ ${OTHER_SMS}: a number of the account that can SMS.`,
      `✓ ${OTHER_SMS}: messages are sent on to ${WEBHOOK}.`,
      `✓ All ${names().length} WhatsApp templates (2 languages) are approved.`,
      `✓ ${hall.url} is reached.`,
      '✓ A message with a wrong signature is refused.',
      '✓ What Twilio signs over PUBLIC_URL is accepted.',
    ]);
  });

  test('a town without WhatsApp needs none', async () => {
    const { good } = await check({ senders: { bellerive: { sms: SMS } } });
    expect(good).toContain('✓ No town has a WhatsApp sender: no templates are needed.');
  });
});

describe('the account', () => {
  test('a wrong token is all that is said, and it is not shown', async () => {
    const { bad, good } = await check({ authToken: 'sesame' });
    expect([bad, good]).toEqual([
      [expect.stringMatching(/^✗ Twilio refuses the account SID and token\. Cure: in the Twilio console/)],
      [],
    ]);
    expect(bad.join()).not.toContain('sesame');
  });
  test('an API that cannot be reached', async () => {
    expect((await check({ apiUrl: 'http://127.0.0.1:9' })).bad).toEqual([
      expect.stringMatching(/^✗ Twilio cannot be reached \(ECONNREFUSED\)\. Cure: let this machine reach/),
    ]);
  });
  test('suspended', async () => {
    carrier.console.status = 'suspended';
    expect(await failures()).toEqual([
      expect.stringMatching(/^✗ The account AC\w+ is suspended: .* Cure: open the Twilio console/),
    ]);
  });
  test('a trial account is a note', async () => {
    carrier.console.type = 'Trial';
    expect((await check()).notes).toContainEqual(expect.stringMatching(/^! It is a trial account: .* Cure: upgrade it/));
  });
  test('none in the settings, or no PUBLIC_URL', async () => {
    const nothing = { list: () => [], locale: () => undefined };
    const lines = async (config: Parameters<typeof checkTwilio>[0]['config']) =>
      (await checkTwilio({ config, towns: nothing })).map(lineOf);
    expect(await lines({})).toEqual([expect.stringMatching(/^✗ There is no Twilio account in the settings\. Cure: /)]);
    const twilio = { accountSid: carrier.accountSid, authToken: 'x', apiUrl: carrier.url };
    expect(await lines({ twilio })).toEqual([expect.stringMatching(/^✗ PUBLIC_URL is not set\. Cure: /)]);
  });
  test('an outage of the Content API hides nothing else', async () => {
    carrier.faults.outage(true, 'contents');
    const { bad, good } = await check();
    carrier.faults.outage(false, 'contents');
    expect(bad).toEqual([
      expect.stringMatching(/^✗ The templates could not be asked about: Twilio answered 503 \(20503\).* Cure: try again/),
    ]);
    expect(good).toContain('✓ What Twilio signs over PUBLIC_URL is accepted.');
  });
});

describe('senders', () => {
  test('no town has one; one town has none', async () => {
    expect(await failures({ senders: {} })).toEqual([
      expect.stringMatching(/^✗ No town has a sender for SMS or WhatsApp\. Cure: /),
    ]);
    expect((await check({ senders: { bellerive: { sms: SMS } } })).notes).toContain(
      '! saint-aubin has no senders: nobody can write to it by phone.',
    );
  });
  test('a number that the account does not have', async () => {
    expect(await failures({ senders: { bellerive: { sms: '+33639980009' } } })).toEqual([
      '✗ +33639980009: the account has no such number (SMS of bellerive). Cure: buy it under Phone Numbers, or correct senders.sms in towns/bellerive/town.yml.',
    ]);
  });
  test('a number that cannot SMS', async () => {
    number().canSms = false;
    expect(await failures()).toEqual([
      expect.stringMatching(/^✗ \+33639981000: this number cannot send or receive SMS\. Cure: /),
    ]);
  });
  test('a TwiML app in the way', async () => {
    number().applicationSid = `AP${'1'.repeat(32)}`;
    expect(await failures()).toEqual([
      expect.stringMatching(/^✗ \+33639981000: the TwiML app AP1+ takes its messages\. Cure: .*choose Webhook/),
    ]);
  });
  test('a WhatsApp sender that the account does not have, or that is not online', async () => {
    const senders = { bellerive: { whatsapp: '+33639980009' } };
    expect(await failures({ senders })).toEqual([
      expect.stringMatching(/^✗ whatsapp:\+33639980009: the account has no such WhatsApp sender\. Cure: register it/),
    ]);
    whatsApp().status = 'PENDING_VERIFICATION';
    expect(await failures()).toEqual([
      expect.stringMatching(/^✗ whatsapp:\+33639982000: the sender is PENDING_VERIFICATION and not ONLINE\. Cure: /),
    ]);
  });
});

describe('webhooks', () => {
  test.each([
    [
      'nothing',
      '',
      /nothing is set for incoming messages.* Cure: .*set it to https:\/\/guichet\.example\/hooks\/twilio\/message#rc=3/,
    ],
    [
      'another service',
      'https://demo.twilio.com/welcome/sms/reply',
      /its message webhook is https:\/\/demo\.twilio\.com.* Cure: /,
    ],
    ['a slash too many', `${WEBHOOK}/${OVERRIDES}`, /its message webhook is .*message\/ and not .*letter for letter/],
    ['http', `${WEBHOOK.replace('https', 'http')}${OVERRIDES}`, /its message webhook is http:/],
    ['no retries', WEBHOOK, /is called only once.* Cure: .*#rc=3&rp=ct,rt,5xx&rt=4000/],
    ['retries of too little', `${WEBHOOK}#rc=2&rp=ct`, /is called only once/],
    ['no retry at all', `${WEBHOOK}#rc=0&rp=all`, /is called only once/],
  ])('at a number, a WhatsApp sender and a Messaging Service: %s', async (_what, url, said) => {
    number().url = url;
    expect(await failures()).toEqual([expect.stringMatching(said)]);
    expect((await failures())[0]).toMatch(/^✗ \+33639981000: .*Phone Numbers/);
    number().url = WEBHOOK + OVERRIDES;
    whatsApp().url = url;
    expect(await failures()).toEqual([expect.stringMatching(said)]);
    expect((await failures())[0]).toMatch(/^✗ whatsapp:\+33639982000: .*WhatsApp senders/);
    whatsApp().url = WEBHOOK + OVERRIDES;
    carrier.console.services = [{ ...number(), sid: SERVICE, numbers: [SMS], url, defersToNumber: false }];
    const [line, ...more] = await failures({ senders: { bellerive: { sms: SERVICE } } });
    expect([line, more]).toEqual([expect.stringMatching(said), []]);
    expect(line).toMatch(new RegExp(`^✗ ${SERVICE}: .*Messaging, Services`));
  });
  test('by GET', async () => {
    number().method = 'GET';
    expect(await failures()).toEqual([
      expect.stringMatching(/its message webhook is called by GET\. Cure: .*HTTP POST/),
      expect.stringMatching(/the fallback of its message webhook is GET /),
    ]);
  });
  test('without a fallback, or with another', async () => {
    number().fallbackUrl = '';
    whatsApp().fallbackUrl = 'https://old.example/';
    expect(await failures()).toEqual([
      expect.stringMatching(/^✗ \+33639981000: the fallback of its message webhook is not set\. Cure: .*to the same address/),
      expect.stringMatching(/^✗ whatsapp:.*: the fallback of its message webhook is POST https:\/\/old\.example\/\. Cure: /),
    ]);
  });
  test('any set of overrides that retries silence and errors will do', async () => {
    number().url = `${WEBHOOK}#rp=all&rc=1`;
    expect(await failures()).toEqual([]);
  });
});

describe('a Messaging Service', () => {
  const inService = (more: object) => {
    carrier.console.services = [{ ...number(), sid: SERVICE, numbers: [SMS, WHATSAPP], defersToNumber: false, ...more }];
  };
  const senders = { bellerive: { sms: SERVICE, whatsapp: SERVICE } };
  test('as the sender of a town: its own webhook counts', async () => {
    inService({});
    expect(await failures({ senders })).toEqual([]);
    inService({ defersToNumber: true });
    expect((await failures({ senders: { bellerive: { sms: SERVICE } } }))[0]).toMatch(
      /leaves incoming messages to the webhook of each number\. Cure: .*Integration, choose/,
    );
  });
  test('that does not exist, or has no sender in it', async () => {
    expect(await failures({ senders: { bellerive: { sms: SERVICE } } })).toEqual([
      expect.stringMatching(
        /^✗ MG7+: the account has no such Messaging Service\. Cure: correct senders\.sms in towns\/bellerive/,
      ),
    ]);
    inService({ numbers: [SMS] });
    expect(await failures({ senders })).toEqual([
      expect.stringMatching(/^✗ MG7+: its sender pool has no WhatsApp sender\. Cure: .*Sender Pool/),
    ]);
  });
  test('around a number that a town names: the service takes what comes in, whatever the number says', async () => {
    inService({ url: 'https://old.example/sms' });
    expect(await failures({ senders: { bellerive: { sms: SMS, whatsapp: WHATSAPP.slice(9) } } })).toEqual([
      expect.stringMatching(/^✗ MG7+ \(of \+33639981000\): its message webhook is https:\/\/old\.example\/sms/),
      expect.stringMatching(/^✗ MG7+ \(of whatsapp:\+33639982000\): its message webhook is https:\/\/old\.example\/sms/),
    ]);
    inService({ url: 'https://old.example/sms', defersToNumber: true });
    expect(await failures({ senders: { bellerive: { sms: SMS } } })).toEqual([]);
  });
});

describe('the public address', () => {
  let other: Server | undefined;
  let answer: [status: number, body: string, headers?: Record<string, string>];
  const posted: string[] = [];
  beforeEach(() => {
    posted.length = 0;
  });
  afterEach(async () => {
    await new Promise((resolve) => (other ? other.close(resolve) : resolve(null)));
    other = undefined;
  });
  /** Something else than Guichet; alive at /healthz, and with one answer for every message. */
  async function stranger(health: typeof answer, messages: typeof answer = [200, '']): Promise<string> {
    other = createServer((request, response) => {
      const [status, body, headers] = request.url === '/healthz' ? health : messages;
      if (request.method === 'POST') posted.push(request.url ?? '');
      // Two statements: restify, in the same process, makes every `writeHead` return nothing.
      response.writeHead(status, { ...headers, Connection: 'close' });
      response.end(body);
    });
    await new Promise<void>((resolve) => other?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  }

  test('without encryption', async () => {
    expect(await failures({ publicUrl: hall.url, at: undefined })).toContainEqual(
      expect.stringMatching(/^✗ PUBLIC_URL is http:\/\/127\.0\.0\.1:\d+, without encryption\. Cure: /),
    );
  });
  test('TLS asked of what does not speak it', async () => {
    const publicUrl = hall.url.replace('http:', 'https:');
    const lines = (await failures({ publicUrl, at: undefined })).filter((line) => line.startsWith(`✗ ${publicUrl}`));
    expect(lines).toEqual([
      expect.stringMatching(/does not speak TLS \(\w+\)\. Cure: let the proxy listen with the certificate/),
    ]);
  });
  test.each([
    ['CERT_HAS_EXPIRED', /^✗ The certificate of https:\/\/x\.example is not valid \(CERT_HAS_EXPIRED\)\. Cure: renew it/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /^✗ The certificate/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /^✗ The certificate/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /^✗ The certificate/],
    ['ENOTFOUND', /cannot be reached \(ENOTFOUND\)\. Cure: give the name an address in the DNS/],
    ['ECONNREFUSED', /cannot be reached \(ECONNREFUSED\)\. Cure: start the proxy/],
    ['TimeoutError', /cannot be reached \(TimeoutError\)\. Cure: see the firewall/],
  ])('what %s means', (code, said) => expect(lineOf(connectionFault('https://x.example', code))).toMatch(said));
  test('nobody there', async () => {
    expect(await failures({ at: 'http://127.0.0.1:9' })).toEqual([
      expect.stringMatching(/^✗ http:\/\/127\.0\.0\.1:9 cannot be reached \(\w+\)\. Cure: /),
    ]);
  });
  test('a redirect, or another service', async () => {
    expect(await failures({ at: await stranger([301, '', { Location: 'https://www.guichet.example/' }]) })).toEqual([
      expect.stringMatching(/redirects to https:\/\/www\.guichet\.example\/; .* Cure: set PUBLIC_URL/),
    ]);
    other?.close();
    expect(await failures({ at: await stranger([200, '<h1>It works!</h1>']) })).toEqual([
      expect.stringMatching(/\/healthz answers 200, and not as Guichet does\. Cure: start the service/),
    ]);
    expect(posted).toEqual([]);
  });
  test('something that takes unsigned messages', async () => {
    expect(await failures({ at: await stranger([200, '{"status":"alive"}']) })).toEqual([
      expect.stringMatching(/^✗ A message with a wrong signature is answered 200, and not 403\. Cure: something else/),
    ]);
  });
  test('a proxy that drops the signature', async () => {
    expect(await failures({ at: await stranger([200, '{"status":"alive"}'], [400, 'unsigned']) })).toEqual([
      expect.stringMatching(/^✗ A message with a wrong signature is answered 400.* Cure: let the proxy hand on/),
      expect.stringMatching(/^✗ What Twilio signs over https:\/\/guichet\.example is answered 400.* Cure: let the proxy hand on/),
    ]);
  });
  test('a service that was started without its account', async () => {
    expect(await failures({ at: await stranger([200, '{"status":"alive"}'], [404, '']) })).toEqual([
      expect.stringMatching(/is answered 404.* Cure: start the service with TWILIO_ACCOUNT_SID/),
      expect.stringMatching(/is answered 404.* Cure: start the service with TWILIO_ACCOUNT_SID/),
    ]);
  });
  test('a service that was started with another PUBLIC_URL', async () => {
    const publicUrl = 'https://www.guichet.example';
    carrier.connect(publicUrl);
    expect(await failures({ publicUrl })).toEqual([
      expect.stringMatching(
        /^✗ What Twilio signs over https:\/\/www\.guichet\.example is answered 403.* Cure: the running service has another PUBLIC_URL/,
      ),
    ]);
  });
  test('a service that was started with another account', async () => {
    const account = { accountSid: `AC${'9'.repeat(32)}`, authToken: carrier.authToken };
    const carrierOf = await openCarrier({ ...account, numbers: [SMS] });
    carrierOf.connect(PUBLIC_URL);
    const findings = await checkTwilio({
      config: { twilio: { ...account, apiUrl: carrierOf.url }, publicUrl: PUBLIC_URL },
      towns: { list: () => towns.list().map((town) => ({ ...town, senders: { sms: SMS } })), locale: towns.locale },
      at: hall.url,
    });
    await carrierOf.close();
    expect(findings.filter(({ state }) => state === 'bad').map(lineOf)).toEqual([
      expect.stringMatching(/answered 403, and not 200\. Cure: the running service has another TWILIO_ACCOUNT_SID/),
    ]);
  });
});

describe('the command', () => {
  const run = (args: string[], environment: Record<string, string> = {}) =>
    new Promise<{ code: number; output: string; errors: string }>((resolve) => {
      const command = join(ROOT, 'dist/tools/check-twilio/main.js');
      const env = { PATH: process.env.PATH, ...accountOf(carrier), PUBLIC_URL, ...environment };
      execFile(process.execPath, [command, ...args], { env, cwd: ROOT }, (error, output, errors) =>
        resolve({ code: error ? Number(error.code) : 0, output, errors }),
      );
    });

  test(
    'ends with 0 when nothing is wrong, with 1 and the cures when something is',
    async () => {
      const fine = await run(['--at', hall.url]);
      expect(fine).toMatchObject({ code: 0, errors: '' });
      expect(fine.output).toMatch(/Nothing is wrong\.\n$/);
      number().url = 'https://old.example/';
      const broken = await run(['--at', hall.url]);
      expect(broken.code).toBe(1);
      expect(broken.output).toMatch(/^✗ \+33639981000: its message webhook is https:\/\/old\.example\/ .* Cure: /m);
      expect(broken.output).toMatch(/1 thing\(s\) to mend\.\n$/);
      expect(broken.output).not.toContain(carrier.authToken);
    },
    LIMIT_MS,
  );
  test('ends with 2 when it cannot ask', async () => {
    const half = await run([], { TWILIO_AUTH_TOKEN: '' });
    expect([half.code, half.errors]).toEqual([2, expect.stringMatching(/TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: set both/)]);
    const odd = await run(['--submit']);
    expect([odd.code, odd.errors]).toEqual([2, expect.stringContaining("'--submit'")]);
  });
});
