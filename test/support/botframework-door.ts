/**
 * The Bot Framework channel alone, between the real HTTP server and a cloud on this machine, before
 * an inbox in memory: for what a whole town hall cannot be made to do on command.
 */
import { type BotFrameworkParts, createBotFramework } from '../../src/channels/botframework';
import type { Activity } from '../../src/domain/message/activity';
import type { Letter } from '../../src/domain/message/courier';
import type { Received } from '../../src/domain/message/letter';
import { createServer } from '../../src/http/server';
import { APP_ID, APP_PASSWORD, type MintOptions, openBotFrameworkCloud, TENANT } from './botframework-cloud';
import { aTown } from './phone-town';

export async function openBotDoor(changes: Partial<BotFrameworkParts> = {}) {
  const cloud = await openBotFrameworkCloud();
  const received: Received[] = [];
  const logged: Array<[string, Record<string, unknown>]> = [];
  const town = aTown('valmont', {});
  let isAway = false;
  let aheadMs = 0;
  let sent = 0;
  const parts: BotFrameworkParts = {
    appId: APP_ID,
    appPassword: APP_PASSWORD,
    tenantId: TENANT,
    allowedServiceUrls: [cloud.connectorOrigin],
    endpoints: cloud.endpoints,
    town: town.id,
    towns: { get: (id) => (id === town.id ? town : undefined) },
    async receive(message) {
      if (isAway) throw new Error('The database is away');
      if (received.some(({ id }) => id === message.id)) return 'known';
      received.push(message);
      return 'new';
    },
    clock: () => new Date(Date.now() + aheadMs),
    log: (event, fields) => void logged.push([event, fields]),
    postTimeoutMs: 2000,
    ...changes,
  };
  const botFramework = createBotFramework(parts);
  const server = createServer({
    routes: botFramework.routes,
    upgrade: () => false,
    isLive: false,
    log: () => {},
    onAnswer: () => {},
  });
  const url = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}/api/messages`;

  return {
    cloud,
    parts,
    received,
    logged,
    url,
    channel: botFramework.channel,
    storeAway(isIt: boolean) {
      isAway = isIt;
    },
    later(ms: number) {
      aheadMs += ms;
    },
    /** What Teams sends when a citizen writes. */
    activity(changed: Record<string, unknown> = {}) {
      return {
        type: 'message',
        id: '1700000000001',
        timestamp: '2026-11-22T08:00:00.000Z',
        localTimestamp: '2026-11-22T09:00:00.000+01:00',
        serviceUrl: cloud.serviceUrl,
        channelId: 'msteams',
        from: { id: '29:ana', name: 'Ana Moreau', aadObjectId: '0000' },
        conversation: { conversationType: 'personal', tenantId: TENANT, id: 'a:chat-of-ana' },
        recipient: { id: '28:bot', name: 'Mairie' },
        text: 'Bonjour',
        textFormat: 'plain',
        locale: 'fr-FR',
        channelData: { tenant: { id: TENANT } },
        ...changed,
      };
    },
    async send(body: unknown, authorization: string | null = `Bearer ${cloud.mint()}`) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(authorization === null ? {} : { Authorization: authorization }) },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        code: text ? (JSON.parse(text).error?.code as string) : null,
        text,
        headers: response.headers,
      };
    },
    /** The status of a right message behind a token that is not. */
    async withToken(options: MintOptions) {
      return (await this.send(this.activity(), `Bearer ${cloud.mint(options)}`)).status;
    },
    outgoing(address: string, activity: Partial<Activity> | string): Letter {
      sent += 1;
      const said = typeof activity === 'string' ? { text: activity } : activity;
      return {
        id: `inbox#${sent}`,
        town: town.id,
        channel: 'botframework',
        conversation: 'c',
        address,
        activity: { type: 'message', textFormat: 'plain', locale: 'fr', ...said },
      };
    },
    /** The address of a citizen who has just written. */
    async addressOf(changed: Record<string, unknown> = {}) {
      const before = received.length;
      await this.send(this.activity(changed));
      if (received.length !== before + 1) throw new Error('The message did not arrive');
      return received.at(-1)!.address;
    },
    async close() {
      await server.close();
      await cloud.close();
    },
  };
}

export type BotDoor = Awaited<ReturnType<typeof openBotDoor>>;
