/** A network that dies without closing anything: citizens and agents are told within 20 seconds, and nothing typed or answered is lost. */
import WebSocket from 'ws';
import { freePort } from '../../tools/free-port';
import { addAgent } from '../support/agent-at-desk';
import { createClient } from '../support/direct-line';
import { openSilentProxy } from '../support/silent-proxy';
import { until } from '../support/until';
import { useBrowser, useCityHall, useOpened } from '../support/use-city-hall';
import { openDesk } from './desk-agent';
import { openVisitor, timesReceived } from './widget-visitor';

const TOLD_WITHIN_MS = 20_000;

const proxy = useOpened(
  async () => {
    const port = await freePort();
    return { behind: port, ...(await openSilentProxy(port)) };
  },
  (opened) => opened.close(),
);
const { rows } = useCityHall(() => ({ env: { PORT: String(proxy.behind), PUBLIC_URL: proxy.url } }));
/** Another one, whose network is well. */
const { hall: calm } = useCityHall();
const browser = useBrowser();

test('when everything falls silent the banner says so, and what was typed goes once, in order, over the new network', async () => {
  const ana = await openVisitor(browser, proxy.url);
  await ana.open();
  // Meanwhile, where the network is well, somebody who says nothing is left alone, and a client that is gone is let go.
  const bob = await openVisitor(browser, calm.url);
  let streams = 0;
  bob.page.on('websocket', () => {
    streams += 1;
  });
  await bob.open();
  const gone = await streamThatNeverAnswers();

  await ana.says('Avant la panne');
  await ana.isAnswered();

  proxy.fallSilent('new');
  const typed = ['Juste après la panne', 'Un peu plus tard'];
  await ana.says(typed[0]!);
  await ana.chat.getByText('Pas de connexion').first().waitFor({ timeout: TOLD_WITHIN_MS });
  await ana.says(typed[1]!);
  expect((await ana.own()).slice(1)).toEqual([
    expect.stringMatching(/En attente de connexion$/),
    expect.stringMatching(/En attente de connexion$/),
  ]);

  proxy.passNewOnes();
  await ana.log.locator('.citizen .sent').nth(2).waitFor();
  const received = await ana.received(...typed);
  expect(received.filter(({ from }) => from.role === 'user').map(({ text }) => text)).toEqual(['Avant la panne', ...typed]);
  await ana.isAnswered();
  expect(await ana.chat.locator('.banner').isVisible()).toBe(false);
  expect(await ana.log.locator('.message').count()).toBe((await ana.received()).filter(({ type }) => type === 'message').length);
  await ana.leave();

  expect(streams).toBe(1);
  expect(await bob.chat.locator('.banner').isVisible()).toBe(false);
  await bob.leave();
  expect(await gone.ended).toBeLessThan(TOLD_WITHIN_MS);
  expect(gone.frames).toContain('');
});

/** A client from outside that reads, and never answers a ping; once the server has given it up, what it was sent. */
async function streamThatNeverAnswers() {
  const { streamUrl } = await createClient(calm.url).arrive('bellerive');
  const socket = new WebSocket(streamUrl, { autoPong: false });
  const frames: string[] = [];
  const since = Date.now();
  socket.on('message', (frame) => frames.push(String(frame)));
  const ended = new Promise<number>((resolve) => socket.on('close', () => resolve(Date.now() - since)));
  return { frames, ended };
}

test('when only the stream is dead, the reply to a message that went through is found without a reload', async () => {
  const ana = await openVisitor(browser, proxy.url);
  await ana.open();
  proxy.fallSilent();
  await ana.says('Le flux est mort');
  await ana.log.locator('.message:last-child:not(.citizen)').waitFor();
  const received = await ana.received('Le flux est mort');
  expect(timesReceived(received, 'Le flux est mort')).toBe(1);
  expect(await ana.log.locator('.message').count()).toBe(received.filter(({ type }) => type === 'message').length);
  await ana.leave();
});

test('at the desk it is said too, what is typed stays a draft, and it goes once the line is back', async () => {
  const agent = await addAgent(rows.database, 'Nadia Benali', { email: 'nadia.benali@bellerive.example' });
  const nadia = await openDesk(browser, proxy, agent);
  const { page } = nadia;
  await page.getByRole('tablist').waitFor();
  await until('her page to be live', async () => (await rows.database.collection('presence').find({})).length > 0);
  proxy.fallSilent('new');
  const since = Date.now();
  await page.getByText(/Hors ligne depuis \d+/).waitFor({ timeout: TOLD_WITHIN_MS });
  expect(Date.now() - since).toBeLessThan(TOLD_WITHIN_MS);
  // What is typed at the counter stays where it is.
  await page.keyboard.press('v');
  await page.locator('#contact-words').fill('Le lampadaire devant le 14 rue des Lilas est cassé');
  proxy.passNewOnes();
  await page.getByText(/Hors ligne depuis \d+/).waitFor({ state: 'detached', timeout: 60_000 });
  expect(await page.locator('#contact-words').inputValue()).toBe('Le lampadaire devant le 14 rue des Lilas est cassé');
  expect(nadia.complaints).toEqual([]);
  await nadia.leave();
});
