/**
 * The composition root: opens each part (`app/` has one function for each), hands them to each other, and closes them
 * again. Parts that must be closed are opened from top to bottom and closed from bottom to top.
 */
import { openChannels } from './app/channels';
import { openClientIp } from './app/channels/web';
import { checkSettings } from './app/check-settings';
import { openConnections } from './app/connections';
import { openDataDir } from './app/data-dir';
import { openDesk } from './app/desk';
import { type OpenDoor, openDoor } from './app/door';
import type { House } from './app/house';
import { openKnowledge } from './app/knowledge';
import { openMailroom } from './app/mailroom';
import { openOperations } from './app/operations';
import { createReadiness } from './app/readiness';
import { openRights } from './app/rights';
import { openStorage } from './app/storage';
import { learnLater } from './app/understanding';
import { createBot } from './bot';
import type { BotFrameworkParts } from './channels/botframework';
import type { Config } from './config';
import type { Decide } from './domain/decision';
import { createLive } from './live';
import { createLog, type LogTo } from './log';
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

export interface App extends OpenDoor {
  /** Resolves with what the store refused to be opened for (a newer schema), or null once it is open. */
  refused: Promise<Error | null>;
  /** How to come in at the desk, as lines to print, once the store is open. */
  welcome: Promise<string[]>;
}

export async function createApp(config: Config, parts: AppParts): Promise<App> {
  const { clock = () => new Date(), onStep, sweepMs, sendLeaseMs, machinePace } = parts;
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

  const tellDesk = (town: string, id: string) => void live.tell(town, { kind: 'presence', id, version: 0 });
  const ways = await openChannels(house, {
    told: {
      // Who answers at the desk sees that it arrived.
      onReached: (conversation, line) =>
        void store.conversations.reached(conversation, line).then(
          (town) => town && tellDesk(town, conversation),
          () => {},
        ),
      onSign: (conversation, sign) => void desk.hear(conversation, sign).catch(() => {}),
    },
    ownData: () => asked,
    cloud: parts.botFrameworkCloud,
  });
  const { web, phones } = ways;
  const calendar = createCalendar();
  const connections = openConnections(house, {
    ...{ calendar, ask: ways.open311, photosOf: web.sharedPhotos.linksTo, sweepMs },
  });
  const { retention, asked, persons, planOf } = openRights(house, phones.erase, sweepMs);
  const live = createLive({ ...store, towns: towns.list().map(({ id }) => id), clock, sweepMs, alsoTell: connections.changed });
  const drafting = openKnowledge(house, understanding);
  const { fileUrl, isRead, keepFiles, showTyping } = web.channel;
  const bot = createBot({ towns: rooms, understanding, calendar });
  const desk = openDesk(house, {
    ...{ rooms, calendar, drafting, changes: live, fileUrl, isRead, keepFiles, showTyping, sweepMs, onStep },
    ...{
      persons,
      retentionPlan: planOf,
      isApproved: phones.isApproved,
      readAtCounter: bot.readAtCounter,
      proposeAnswer: bot.proposeAnswer,
    },
    demoPassword: secrets.deskPassword,
  });
  const mailroom = openMailroom(house, {
    ...{ ways, live, tellDesk, bot, desk: parts.desk ?? desk.decide, outlook: desk.outlook, callbackTimes: desk.callbackTimes },
    ...{ onTurn: operations.onTurn, onStep, sweepMs, sendLeaseMs, machinePace },
  });

  const door = await openDoor(house, [operations, ...ways.mounted, desk, connections], {
    upgrade: (...upgraded) => desk.upgrade(...upgraded) || web.channel.upgrade(...upgraded),
    onAnswer: operations.onAnswer,
  });
  publicUrl = config.publicUrl ?? door.url;
  phones.connect(publicUrl, door.url);

  const prepared = readiness.prepare(store.prepare);
  const welcome = prepared.then(() => (readiness.isClosed() ? [] : desk.welcome()));
  welcome.catch(() => {});
  const learnt = understanding.then((begun) => begun.learnt);
  const refused = readiness.open(prepared, learnt, log, () => {
    for (const part of [mailroom, live, desk, connections, retention, asked]) part.start();
  });
  if (config.store.kind === 'sqlite') await prepared;
  setImmediate(begin);

  return {
    ...{ url: door.url, port: door.port, routes: door.routes, callers: door.callers, refused, welcome },
    async close() {
      readiness.close();
      await welcome.catch(() => {});
      for (const part of [desk, drafting, web.channel, door]) await part.close();
      for (const part of [mailroom, live, connections, retention, asked]) await part.stop();
      await ways.close();
      await understanding.then(
        (ready) => ready.close(),
        () => {},
      );
      await database.close();
    },
  };
}
