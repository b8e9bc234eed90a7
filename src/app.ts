/**
 * The composition root: the only file that sees every folder. Parts that must be closed are
 * opened from top to bottom and closed from bottom to top.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createBot } from './bot';
import { createWording } from './bot/wording';
import type { BotFrameworkParts } from './channels/botframework';
import { fragmentPause } from './channels/fragment-pause';
import { inspectMedia } from './channels/media';
import { createTwilio, isForward, type MessageStatus } from './channels/twilio';
import { createWebChannel } from './channels/web';
import { createPhotoLink } from './channels/web/photo-link';
import { createWebhook } from './channels/webhook';
import { type Config, ConfigFault } from './config';
import { openDataDir } from './data-dir';
import { type Carrier, openCarrier } from './demo/carrier';
import { createPhoneRoutes } from './demo/phones';
import { createDesk } from './desk';
import type { Decide } from './domain/decision';
import type { Courier, Received, Sender } from './domain/message/letter';
import { clientIpBehind } from './http/client-ip';
import { createHealth } from './http/health';
import { createPages } from './http/pages';
import { createServer } from './http/server';
import { createLive } from './live';
import { createLog, type LogTo } from './log';
import { createAlertLetters, createMailroom, type DeliveryReceipt } from './mailroom';
import { checkPort } from './start-fault';
import { openDatabase, type Trouble, whileAway } from './store';
import { createStore } from './store/store';
import type { Towns } from './towns';
import { createCalendar } from './towns/calendar/calendar';

/** What is handed in; all but the towns by tests alone. Everything else is made from the configuration. */
export interface AppParts {
  /** May still be being read. */
  towns: Promise<Towns>;
  clock?: () => Date;
  onStep?: (step: string) => void;
  sweepMs?: number;
  sendLeaseMs?: number;
  /** Decides what agents ask for, in place of the desk. */
  desk?: Decide;
  /** Characters a second that nobody types. */
  machinePace?: number;
  /** Where the log's lines go, when not to standard output. */
  logTo?: LogTo;
  /** Where the Bot Framework's keys and login are, when not in the public cloud. */
  botFrameworkCloud?: BotFrameworkParts['endpoints'];
}

export interface App {
  url: string;
  port: number;
  /** Every route it answers: 'POST /hooks/twilio/message'. */
  routes: string[];
  /** Resolves with what the store refused to be opened for (a newer schema), or null once it is open. */
  refused: Promise<Error | null>;
  /** How to come in at the desk, as lines to print, once the store is open. */
  welcome: Promise<string[]>;
  close(): Promise<void>;
}

/** Speech to text, the fastest way for a person, gives about twelve characters a second. */
const MACHINE_PACE = 16;

/** The folder of the package, from `src/` and from `dist/src/` alike. */
const ROOT = __dirname.endsWith(join('dist', 'src')) ? join(__dirname, '../..') : join(__dirname, '..');

export async function createApp(
  config: Config,
  {
    clock = () => new Date(),
    onStep,
    sweepMs,
    sendLeaseMs,
    desk: deskDecides,
    machinePace = MACHINE_PACE,
    logTo,
    botFrameworkCloud,
    towns: reading,
  }: AppParts,
): Promise<App> {
  const startedMs = performance.now();
  await checkPort(config.host, config.port);
  const { secrets, isOpenToAll } = openDataDir(config);
  const towns = await reading;
  refuseDeafAlerts(config, towns);
  // What answers need is learnt and loaded behind the open door; what comes in meanwhile is kept.
  let openDoor = () => {};
  const isOpen = new Promise<void>((resolve) => {
    openDoor = resolve;
  });
  const understanding = isOpen.then(openUnderstanding);
  const calendar = createCalendar();
  const bot = createBot({ towns, understanding, calendar });

  let standing: ReturnType<Parameters<typeof createHealth>[0]['standing']> = 'upgrading';
  let readySince: number | undefined;
  const isFile = config.store.kind === 'sqlite';
  const health = createHealth({
    standing: () => standing,
    ping: () => store.ping(),
    mail: () => store.mail.counts(),
    inHand: () => mailroom.inHand(),
    figures: {
      dataDir: config.dataDir,
      databaseFile: config.store.kind === 'sqlite' ? config.store.file : undefined,
      oldest: () => store.mail.oldest(),
      requests: () =>
        store.tickets.tally(towns.list().map(({ id }) => ({ town: id, topics: towns.topics(id).map((topic) => topic.id) }))),
      readySince: () => readySince,
      now: () => clock().getTime(),
    },
  });
  const log = createLog(config.logLevel, health.onEvent, logTo);
  const onTrouble = ({ state, reason }: Trouble) => log(state === 'up' ? 'info' : 'error', `store.${state}`, { reason });
  const isNew = config.store.kind === 'sqlite' && !existsSync(config.store.file);
  const database = await openDatabase({ ...config.store, onTrouble });
  if (isOpenToAll) log('warn', 'data.open-to-all', { folder: config.dataDir, cure: `chmod 700 ${config.dataDir}` });
  // Where there was one yesterday, it is missing: a volume that was not mounted, a folder that was renamed.
  if (isNew) log('warn', 'store.created', { folder: config.dataDir });
  const store = createStore(database);
  const files = await database.openFiles(join(config.dataDir, 'files'));

  let publicUrl = config.publicUrl ?? '';
  let carrier: Carrier | undefined;
  const fault = (where: string, error: unknown) =>
    log('error', 'web.fault', { where, reason: error instanceof Error ? error.message : 'unknown' });
  const tokenSecret = config.tokenSecret ?? secrets.tokenSecret;
  let isProxyTold = config.mode === 'demo';
  const clientIp = clientIpBehind(config.trustedProxies, () => {
    if (!isProxyTold)
      log('warn', 'proxy.untrusted', { cure: 'Set TRUSTED_PROXIES: until then all visitors behind the proxy count as one' });
    isProxyTold = true;
  });
  const web = createWebChannel({
    receive: (message) => mailroom.receive(message),
    feed: {
      after: (conversation, line, limit) => store.transcript.after(conversation, line, limit),
      last: async (conversation) => (await store.conversations.find(conversation))?.conversation.lines ?? null,
    },
    towns,
    secret: tokenSecret,
    directLineSecret: config.directLineSecret ?? secrets.directLineSecret,
    publicUrl: () => publicUrl,
    files,
    clock,
    mode: config.mode,
    limits: {
      messages: { count: config.messagesPerMinute, seconds: 60 },
      messagesPerAddress: { count: config.messagesPerMinute * 10, seconds: 60 },
      conversations: { count: config.conversationsPerHour, seconds: 3600 },
    },
    clientIp,
    fault,
  });
  const photoLink = createPhotoLink({
    secret: tokenSecret,
    publicUrl: () => publicUrl,
    towns,
    ticket: (town, reference) => store.tickets.byReference(town, reference),
    files,
    receive: (message) => mailroom.receive(message),
    clock,
    clientIp,
    fault,
  });
  const account = config.twilio ?? (config.mode === 'demo' ? await openDemoCarrier() : undefined);
  const phones = account && createTwilio({ ...account, ...phoneParts() });
  const teams = config.botFramework && openTeams(config.botFramework);
  const phone = (name: Courier) =>
    phones?.channels.filter((channel) => channel.name === name).map((channel) => ({ ...channel, fetch: phones.fetchMedia }))[0];
  // Who carries the messages of each lane; where nobody is configured to, they wait.
  const couriers: Record<Courier, Sender | undefined> = {
    web,
    sms: phone('sms'),
    whatsapp: phone('whatsapp'),
    botframework: teams?.channel,
    webhook: config.webhookSecret ? createWebhook({ secret: config.webhookSecret, clock }) : undefined,
  };
  const senders = Object.values(couriers).filter((courier) => courier !== undefined);
  const live = createLive({ ...store, towns: towns.list().map(({ id }) => id), clock, sweepMs });
  const desk = createDesk({
    ...store,
    towns,
    calendar,
    wording: createWording,
    receive: (message) => mailroom.receive(message),
    changes: live,
    fileUrl: web.fileUrl,
    fault,
    sweepMs,
    publicUrl: () => publicUrl,
    mode: config.mode,
    demoPassword: secrets.deskPassword,
    clientIp,
    clock,
    log,
  });

  const mailroom = createMailroom({
    ...store,
    bot,
    desk: deskDecides ?? desk.decide,
    outlook: desk.outlook,
    senders,
    clock,
    photoLink: photoLink.linkTo,
    alertLetters: createAlertLetters(towns),
    limits: { ...config.paidLimits, charactersPerSecond: machinePace },
    log,
    onTurn: health.onTurn,
    onChanged: live.changed,
    onStep,
    sweepMs,
    sendLeaseMs,
  });

  const routes = [
    ...health.routes,
    ...web.routes,
    ...(phones?.routes ?? []),
    ...photoLink.routes,
    ...desk.routes,
    ...(teams?.routes ?? []),
    ...(carrier ? createPhoneRoutes(carrier, towns) : []),
    ...createPages(join(ROOT, 'dist/web'), join(ROOT, 'web'), config.mode === 'demo'),
  ];
  const server = createServer({
    routes,
    upgrade: (request, socket, head) => desk.upgrade(request, socket, head) || web.upgrade(request, socket, head),
    isLive: config.mode === 'live',
    log,
    onAnswer: health.onAnswer,
  });
  const port = await server.listen(config.host, config.port);
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  publicUrl = config.publicUrl ?? url;
  carrier?.connect(publicUrl, url);

  // A store that is down is waited for: the door is open, says that it is not ready, and loses nothing.
  let isClosed = false;
  const prepared = whileAway(() => (isClosed ? Promise.resolve() : store.prepare()), Number.POSITIVE_INFINITY);
  const welcome = prepared.then(() => (isClosed ? [] : desk.welcome()));
  welcome.catch(() => {});
  const open = Promise.all([prepared.then(() => (standing = 'learning')), understanding]).then(() => {
    standing = 'ready';
    readySince = clock().getTime();
    if (isClosed) return;
    mailroom.start();
    live.start();
    desk.start();
    log('info', 'ready', { seconds: Math.round(performance.now() - startedMs) / 1000 });
  });
  if (isFile) await prepared;
  setImmediate(openDoor);
  const refused = open.then(
    () => null,
    (error: Error) => {
      standing = 'store-refused';
      log('error', 'store.refused', { reason: error.message });
      return error;
    },
  );

  function openUnderstanding() {
    // Readers of dates and phone numbers in every language: slow to load, and nobody is answered before.
    const { createHttpEmbedder, createPlaceFinder, createUnderstanding, readPack } =
      require('./understanding') as typeof import('./understanding');
    return createUnderstanding({
      towns: towns.list().map((town) => ({ town, topics: towns.topics(town.id) })),
      packs: Object.fromEntries(
        towns.locales().map(({ code, packText }) => [code, readPack(packText, `locales/${code}/pack.yml`)]),
      ),
      phrases: Object.fromEntries(towns.locales().map(({ code, controlPhrases }) => [code, controlPhrases])),
      foreign: towns.foreign(),
      places: createPlaceFinder,
      embedder: config.embeddingsUrl
        ? createHttpEmbedder({ url: config.embeddingsUrl, model: config.embeddingsModel })
        : undefined,
      cacheDir: config.modelsDir,
    });
  }

  /** Without a Twilio account a demo has a carrier of its own, and phones to write from at /demo/phones. */
  async function openDemoCarrier() {
    const numbers = towns
      .list()
      .flatMap(({ senders: { sms, whatsapp } }) => [...(sms ? [sms] : []), ...(whatsapp ? [`whatsapp:${whatsapp}`] : [])]);
    carrier = await openCarrier({ numbers, clock });
    return { accountSid: carrier.accountSid, authToken: carrier.authToken, apiUrl: carrier.url };
  }

  function openTeams({ town = towns.list()[0]?.id ?? '', ...account }: NonNullable<Config['botFramework']>) {
    // Loaded by those who have it.
    const { createBotFramework } = require('./channels/botframework') as typeof import('./channels/botframework');
    if (towns.list().length > 1 && !config.botFramework?.town)
      throw new ConfigFault(['BOTFRAMEWORK_TOWN: needed where there are several towns']);
    return createBotFramework({
      ...account,
      endpoints: botFrameworkCloud,
      town,
      towns,
      receive: (message: Received) => mailroom.receive(message),
      clock,
      log: (event: string, fields: Record<string, unknown>) => log('warn', `botframework.${event}`, fields),
    });
  }

  function phoneParts() {
    return {
      publicUrl: () => publicUrl,
      towns,
      receive: (message: Received) =>
        mailroom.receive({ ...message, pauseMs: fragmentPause(message.activity, config.phonePauseMs) }),
      onReceipt: (receipt: DeliveryReceipt) =>
        mailroom.receipt(receipt, (before, next) => isForward(before as MessageStatus | undefined, next as MessageStatus)),
      onConsent: ({
        id,
        town,
        channel,
        address,
        given,
      }: {
        id: string;
        town: string;
        channel: string;
        address: string;
        given: boolean;
      }) => store.ledger.write(id, { kind: 'consent', town, subject: address, at: clock().getTime(), given, words: '', channel }),
      heardAt: async (conversation: string) => {
        const touched = (await store.conversations.find(conversation))?.conversation.memory.touchedAt;
        return touched ? new Date(touched) : undefined;
      },
      // Who waits for a person is not shown that somebody writes.
      isAnswering: async (conversation: string) => {
        const found = await store.conversations.find(conversation);
        return !found || found.conversation.holder === 'bot';
      },
      isTaken: (sid: string, outboxId: string) => store.mail.isTaken(sid, outboxId),
      files,
      media: inspectMedia,
      rates: config.phoneRates,
      clock,
      log: (event: string, fields: Record<string, unknown>) => log('warn', `phone.${event}`, fields),
    };
  }

  return {
    url,
    port,
    routes: routes.map(({ method, path }) => `${method === 'del' ? 'DELETE' : method.toUpperCase()} ${path}`),
    refused,
    welcome,
    async close() {
      isClosed = true;
      await welcome.catch(() => {});
      await desk.close();
      await web.close();
      await server.close();
      await mailroom.stop();
      await live.stop();
      for (const channel of phones?.channels ?? []) await channel.close?.();
      await carrier?.close();
      await understanding.then(
        (ready) => ready.close(),
        () => {},
      );
      await database.close();
    },
  };
}

/** A town that counts on being told of dangers must not find out on the day that nothing can leave. */
function refuseDeafAlerts(config: Config, towns: Towns): void {
  const faults = towns
    .list()
    .flatMap(({ id, alerts }) => [
      ...(alerts?.webhook && !config.webhookSecret
        ? [`WEBHOOK_SECRET: needed by alerts.webhook of the town ${id}; make one with: echo whsec_$(openssl rand -base64 32)`]
        : []),
      ...(alerts?.sms && !config.twilio && config.mode === 'live'
        ? [`TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN: needed by alerts.sms of the town ${id}`]
        : []),
    ]);
  if (faults.length > 0) throw new ConfigFault(faults);
}
