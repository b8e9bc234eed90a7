/**
 * The demo's two phones in a real browser: type, tap, pin, photograph, lose the network, see
 * receipts; behind them the carrier, signed webhooks and the phone channels, and a town that answers.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Letter, Received } from '../../src/channels/channel';
import { inspectMedia } from '../../src/channels/media';
import { createTwilio, type TwilioChannels } from '../../src/channels/twilio';
import { type Carrier, openCarrier } from '../../src/demo/carrier';
import { createPhoneRoutes } from '../../src/demo/phones';
import { createPages } from '../../src/http/pages';
import { createServer } from '../../src/http/server';
import { openFileFolder } from '../../src/store/files/folder';
import { accessibilityFaults, openBrowser, openPage } from '../support/browser';
import { aTown } from '../support/phone-town';

const ROOT = join(__dirname, '../..');
const SMS = '+33939000001';
const WHATSAPP = '+33939000002';

let browser: Browser;
let folder: string;
let carrier: Carrier;
let twilio: TwilioChannels;
let door: ReturnType<typeof createServer>;
let url: string;
const received: Received[] = [];

/** Repeats what it hears, and offers two choices when asked to. */
async function reply(message: Received): Promise<void> {
  const { id, town, channel, conversation, address, activity } = message;
  const choices = ['Oui', 'Non'].map((title) => ({ type: 'imBack' as const, title, value: title }));
  const said = {
    text: `Bien noté : ${activity.text ?? 'sans texte'}`,
    ...(activity.text === 'choix' ? { suggestedActions: { actions: choices } } : {}),
  };
  const courier = twilio.channels.find(({ name }) => name === channel)!.courier!;
  const outgoing: Letter = {
    id: `${id}#0`,
    town,
    channel: courier.lane,
    conversation,
    address,
    activity: { type: 'message', locale: 'fr', ...said },
  };
  await courier.deliver(outgoing, () => true);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-two-phones-'));
  const pin = { latitude: 46.58, longitude: 3.33 };
  const town = {
    ...aTown('valmont', { sms: SMS, whatsapp: WHATSAPP }),
    streets: [{ name: 'rue Haute', numbers: [], middle: pin }],
  };
  const towns = { list: () => [town] };
  carrier = await openCarrier({ numbers: [SMS, `whatsapp:${WHATSAPP}`] });
  twilio = createTwilio({
    accountSid: carrier.accountSid,
    authToken: carrier.authToken,
    apiUrl: carrier.url,
    publicUrl: () => url,
    towns,
    async receive(message) {
      received.push(message);
      void reply(message);
      return 'new';
    },
    clock: () => new Date(),
    log: () => {},
    onReceipt: async () => {},
    files: await openFileFolder(join(folder, 'files')),
    media: inspectMedia,
  });
  const routes = [
    ...twilio.routes,
    ...createPhoneRoutes(carrier, towns),
    ...createPages(join(ROOT, 'dist/web'), join(ROOT, 'web'), true),
  ];
  door = createServer({ routes, upgrade: () => false, isLive: false, log: () => {}, onAnswer: () => {} });
  url = `http://127.0.0.1:${await door.listen('127.0.0.1', 0)}`;
  carrier.connect(url);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await carrier.idle();
  await carrier.close();
  await door.close();
  twilio.close();
  await rm(folder, { recursive: true, force: true });
});

async function onPhone(page: Page, name: 'SMS' | 'WhatsApp') {
  const phone = page.getByRole('region', { name: new RegExp(`^${name}`) });
  const thread = phone.getByRole('log');
  return {
    phone,
    thread,
    async types(text: string) {
      await phone.getByLabel('Votre message').fill(text);
      await phone.getByRole('button', { name: 'Envoyer' }).click();
    },
    hears: (text: string) => thread.getByText(text).last().waitFor(),
  };
}

test('a visitor writes from both phones, taps, pins, sends a picture, loses the network, and sees receipts', async () => {
  const { page, context, complaints } = await openPage(browser);
  await page.goto(`${url}/demo/phones`);
  const sms = await onPhone(page, 'SMS');
  const chat = await onPhone(page, 'WhatsApp');

  await sms.types('choix');
  await sms.hears('1. Oui');
  await sms.thread.getByText('remis').waitFor();
  await sms.thread.getByText('reçu par la mairie').waitFor();

  await chat.types('choix');
  await chat.hears('Bien noté : choix');
  await chat.thread.getByText('lu', { exact: false }).first().waitFor();
  await chat.thread.getByRole('button', { name: 'Non' }).click();
  await chat.hears('Bien noté : Non');
  expect(received.at(-1)?.activity).toMatchObject({ text: 'Non', value: 'Non' });
  expect(await chat.thread.getByRole('button', { name: 'Non' }).isDisabled()).toBe(true);

  await chat.phone.getByRole('button', { name: 'Position' }).click();
  await chat.hears('Bien noté : sans texte');
  expect(received.at(-1)?.activity.entities).toMatchObject([{ geo: { latitude: 46.58, longitude: 3.33 } }]);

  const picture = join(folder, 'plan.pdf');
  await writeFile(picture, '%PDF-1.4\n%%EOF');
  await chat.phone.locator('input[type=file]').setInputFiles(picture);
  await chat.hears('Photo envoyée');
  expect((await twilio.fetchMedia(received.at(-1)!)).attachments).toMatchObject([{ contentType: 'application/pdf' }]);

  const before = received.length;
  await sms.phone.getByLabel('Réseau').uncheck();
  await sms.types('dans le tunnel');
  await sms.hears('attend le réseau');
  expect(received).toHaveLength(before);
  await sms.phone.getByLabel('Réseau').check();
  await sms.hears('Bien noté : dans le tunnel');
  // Twilio has it no longer, since the town has stored it; the phone that sent it still shows it.
  await chat.types('encore');
  await chat.hears('Bien noté : encore');
  expect(await chat.thread.getByText('Photo envoyée').count()).toBe(1);

  await sms.types('<img src=x onerror=alert(1)>');
  await sms.hears('Bien noté : <img src=x onerror=alert(1)>');
  expect(await sms.thread.locator('img').count()).toBe(0);

  expect(await accessibilityFaults(page)).toEqual([]);
  await page.reload();
  await (await onPhone(page, 'SMS')).hears('Bien noté : dans le tunnel');
  expect(complaints).toEqual([]);
  await context.close();
});

test('it fits a narrow screen and speaks English', async () => {
  const { page, context, complaints } = await openPage(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(`${url}/demo/phones?lang=en`);
  await page.getByRole('heading', { name: 'Any phone is a front door' }).waitFor();
  await page.getByRole('region', { name: /^SMS/ }).getByRole('button', { name: 'Send' }).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the phones are nobody else’s: real numbers, unknown towns and other shapes are refused', async () => {
  const look = (query: Record<string, string>) =>
    fetch(`${url}/demo/carrier/messages?${new URLSearchParams(query)}`).then(({ status }) => status);
  const good = { town: 'valmont', channel: 'sms', number: '+33639980001' };
  expect(await look(good)).toBe(200);
  expect(await look({ ...good, number: '+33612345678' })).toBe(400);
  expect(await look({ ...good, channel: 'web' })).toBe(400);
  expect(await look({ ...good, town: 'nowhere' })).toBe(404);
  const post = (body: string, type: string) =>
    fetch(`${url}/demo/carrier/messages`, { method: 'POST', body, headers: { 'content-type': type } }).then(
      ({ status }) => status,
    );
  expect(await post(JSON.stringify({ ...good, text: 'x'.repeat(1601) }), 'application/json')).toBe(400);
  expect(await post(JSON.stringify({ ...good, tap: 'Nothing like this' }), 'application/json')).toBe(409);
});
