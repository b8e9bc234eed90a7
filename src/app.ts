/**
 * The composition root: opens each part (`app/` has one function for each), hands them to each other, and closes them
 * again. Parts that must be closed are opened from top to bottom and closed from bottom to top.
 */
import { join } from 'node:path';
import { openEmail } from './app/channels/email';
import { openPhones } from './app/channels/phones';
import { openTeams } from './app/channels/teams';
import { openClientIp, openWeb } from './app/channels/web';
import { checkSettings } from './app/check-settings';
import { openConnections } from './app/connections';
import { openCouriers } from './app/couriers';
import { openDataDir } from './app/data-dir';
import { openDesk } from './app/desk';
import type { House } from './app/house';
import { openKnowledge } from './app/knowledge';
import { openOperations } from './app/operations';
import { createReadiness } from './app/readiness';
import { openRights } from './app/rights';
import { openStorage } from './app/storage';
import { learnLater } from './app/understanding';
import { createBot } from './bot';
import { ROOT } from './built-file';
import type { BotFrameworkParts } from './channels/botframework';
import type { Channel } from './channels/channel';
import type { WebParts } from './channels/web';
import type { Config } from './config';
import type { Wire } from './domain/conversation';
import type { Decide } from './domain/decision';
import { isRoom } from './domain/desk/training';
import type { Route, RouteCaller } from './domain/http/route';
import type { Courier, Lane } from './domain/message/courier';
import { createPages } from './http/pages';
import { createServer, type ServerParts } from './http/server';
import { createLive } from './live';
import { createLog, type LogTo } from './log';
import { createAlertLetters, createMailroom, createPollResults } from './mailroom';
import { checkPort } from './start-fault';
import type { Towns } from './towns';
import { createCalendar } from './towns/calendar/calendar';
import { withRooms } from './towns/training/rooms';

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
  /** Who may call each of them. */
  callers: Record<string, RouteCaller>;
  /** Resolves with what the store refused to be opened for (a newer schema), or null once it is open. */
  refused: Promise<Error | null>;
  /** How to come in at the desk, as lines to print, once the store is open. */
  welcome: Promise<string[]>;
  close(): Promise<void>;
}

/** Speech to text, the fastest way for a person, gives about twelve characters a second. */
const MACHINE_PACE = 16;

const nameOf = ({ method, path }: Route) => `${method === 'del' ? 'DELETE' : method.toUpperCase()} ${path}`;

export async function createApp(config: Config, parts: AppParts): Promise<App> {
  const { clock = () => new Date(), onStep, sweepMs, sendLeaseMs, machinePace = MACHINE_PACE } = parts;
  const readiness = createReadiness(clock);
  await checkPort(config.host, config.port);
  const { secrets, isOpenToAll } = openDataDir(config);
  const towns = await parts.towns;
  checkSettings(config, towns);
  // What comes in while phrases are being learnt is kept.
  const rooms = withRooms(towns);
  const { understanding, begin } = learnLater(config, towns);
  const operations = openOperations(config, towns, clock, readiness, () => house);
  const log = createLog(config.logLevel, operations.onEvent, parts.logTo);
  const { database, store, files } = await openStorage(config, log, isOpenToAll);
  let publicUrl = config.publicUrl ?? '';
  const house: House = {
    ...{ config, towns, store, files, clock, log },
    mailroom: () => mailroom,
    tokenSecret: config.tokenSecret ?? secrets.tokenSecret,
    directLineSecret: config.directLineSecret ?? secrets.directLineSecret,
    publicUrl: () => publicUrl,
    clientIp: openClientIp(config, log),
    fault: (where, error) => log('error', 'web.fault', { where, reason: error instanceof Error ? error.message : 'unknown' }),
  };

  // Who answers at the desk sees that it arrived.
  const tellDesk = (town: string, id: string) => void live.tell(town, { kind: 'presence', id, version: 0 });
  const onReached = (conversation: string, line: number) =>
    void store.conversations.reached(conversation, line).then(
      (town) => town && tellDesk(town, conversation),
      () => {},
    );
  const onSign: WebParts['onSign'] = (conversation, sign) => void desk.hear(conversation, sign).catch(() => {});
  const web = openWeb(house, { onReached, onSign }, () => asked);
  const phones = await openPhones(house, web.channel.fileUrl);
  const teams = openTeams(house, parts.botFrameworkCloud);
  const email = openEmail(house, web.channel.fileUrl);
  const { sms, whatsapp } = phones;
  const channels: Record<Wire, Channel | undefined> = {
    ...{ web: web.channel, sms, whatsapp, botframework: teams?.channel, mail: email?.channel },
  };
  const others = openCouriers(house);
  // Who delivers the letters of each lane; where nobody is configured to, they wait.
  const couriers: Record<Lane, Courier | undefined> = {
    ...{ sms: sms?.courier, whatsapp: whatsapp?.courier, botframework: teams?.channel.courier },
    ...{ webhook: others.webhook, email: email?.courier, open311: others.open311 },
  };
  const calendar = createCalendar();
  const connections = openConnections(house, {
    ...{ calendar, ask: others.open311, photosOf: web.sharedPhotos.linksTo, sweepMs },
  });
  const { retention, asked, persons, planOf } = openRights(house, phones.erase, sweepMs);
  const live = createLive({ ...store, towns: towns.list().map(({ id }) => id), clock, sweepMs, alsoTell: connections.changed });
  const drafting = openKnowledge(house, understanding);
  const { fileUrl, isRead, keepFiles, showTyping } = web.channel;
  const bot = createBot({ towns: rooms, understanding, calendar });
  const { readAtCounter } = bot;
  const desk = openDesk(house, {
    ...{ rooms, calendar, drafting, changes: live, fileUrl, isRead, keepFiles, showTyping, sweepMs, onStep, readAtCounter },
    ...{ persons, retentionPlan: planOf, isApproved: phones.isApproved },
    demoPassword: secrets.deskPassword,
  });
  const mailroom = createMailroom({
    ...store,
    bot,
    desk: parts.desk ?? desk.decide,
    outlook: desk.outlook,
    channels: Object.values(channels).filter((channel) => channel !== undefined),
    couriers: Object.values(couriers).filter((courier) => courier !== undefined),
    callbackTimes: desk.callbackTimes,
    photoLink: web.photoLink.linkTo,
    ownData: web.ownData,
    statusLink: web.statusPage.linkTo,
    alertLetters: createAlertLetters(towns),
    pollResults: createPollResults(towns),
    unreadAfterMs: config.unreadAfterMs,
    limits: { ...config.paidLimits, charactersPerSecond: machinePace },
    onTurn: (town, rule) => isRoom(town) || operations.onTurn(town, rule),
    onChanged: live.changed,
    towns: towns.list(),
    onAlert: tellDesk,
    onDelivery: tellDesk,
    ...{ clock, log, onStep, sweepMs, sendLeaseMs },
  });

  const pages = createPages(join(ROOT, 'dist/web'), join(ROOT, 'web'), config.mode === 'demo', config.mapTiles?.url);
  const mounted = [
    operations,
    web.channel,
    phones,
    web.photoLink,
    web.sharedPhotos,
    web.ownData,
    web.statusPage,
    web.legal,
    desk,
    connections,
    ...(teams ? [teams] : []),
    ...(email ? [email] : []),
    { routes: pages },
  ];
  const routes = mounted.flatMap((part) => part.routes);
  const upgrade: ServerParts['upgrade'] = (...asked) => desk.upgrade(...asked) || web.channel.upgrade(...asked);
  const server = createServer({ routes, upgrade, isLive: config.mode === 'live', log, onAnswer: operations.onAnswer });
  const port = await server.listen(config.host, config.port);
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  publicUrl = config.publicUrl ?? url;
  phones.connect(publicUrl, url);

  const prepared = readiness.prepare(store.prepare);
  const welcome = prepared.then(() => (readiness.isClosed() ? [] : desk.welcome()));
  welcome.catch(() => {});
  const refused = readiness.open(
    prepared,
    understanding.then((begun) => begun.learnt),
    log,
    () => {
      mailroom.start();
      live.start();
      desk.start();
      connections.start();
      retention.start();
      asked.start();
    },
  );
  if (config.store.kind === 'sqlite') await prepared;
  setImmediate(begin);

  return {
    url,
    port,
    routes: routes.map(nameOf),
    callers: Object.fromEntries(routes.map((route) => [nameOf(route), route.caller])),
    refused,
    welcome,
    async close() {
      readiness.close();
      await welcome.catch(() => {});
      await desk.close();
      await drafting.close();
      await web.channel.close();
      await server.close();
      await mailroom.stop();
      await live.stop();
      await connections.stop();
      await retention.stop();
      await asked.stop();
      email?.close();
      await phones.close();
      await understanding.then(
        (ready) => ready.close(),
        () => {},
      );
      await database.close();
    },
  };
}
