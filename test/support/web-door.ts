/**
 * The web channel alone, behind the real HTTP server and before a transcript in memory: for
 * what a whole town hall cannot be made to do on command: a clock that jumps, a database that
 * goes away, a line that another process wrote.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWebChannel, type Limits, type Line, type WebParts } from '../../src/channels/web';
import type { Activity } from '../../src/domain/message/activity';
import type { Received } from '../../src/domain/message/letter';
import type { Town } from '../../src/domain/town';
import { createServer } from '../../src/http/server';
import { StoreUnavailable } from '../../src/store/collection';
import { openFileFolder } from '../../src/store/files/folder';

export const SERVER_SECRET = 'a-secret-that-only-servers-know-of';
export const TOKEN_SECRET = 'signs-tokens-in-tests-and-nowhere-else';

const fromTown: Activity = { type: 'message', from: { id: 'bellerive', role: 'bot' } };

export interface WebDoorOptions {
  limits?: Partial<Limits>;
  mode?: 'demo' | 'live';
  towns?: Town[];
  /** What is said to a message that came in, at once; nothing when absent. */
  replies?: (message: Received) => Array<Partial<Activity>>;
}

export async function openWebDoor({
  limits,
  mode = 'demo',
  towns = [townOf('bellerive')],
  replies = () => [],
}: WebDoorOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'guichet-door-'));
  const transcript = new Map<string, Line[]>();
  const received: Received[] = [];
  const faults: Array<[string, unknown]> = [];
  const changedAt = new Map<string, string>();
  let asked = 0;
  let aheadMs = 0;
  let isAway = false;
  let url = '';

  const write = (conversation: string, activity: Activity) => {
    const lines = transcript.get(conversation) ?? [];
    lines.push({ line: lines.length + 1, activity, from: 'bot' });
    transcript.set(conversation, lines);
    changedAt.set(conversation, parts.clock().toISOString());
  };
  const whenThere = () => {
    if (isAway) throw new StoreUnavailable('away');
  };
  const after = async (conversation: string, line: number, limit: number) => {
    asked += 1;
    whenThere();
    return (transcript.get(conversation) ?? []).filter((one) => one.line > line).slice(0, limit);
  };
  const parts: WebParts = {
    async receive(message) {
      whenThere();
      if (received.some((one) => one.id === message.id)) return 'known';
      received.push(message);
      if (message.activity.type === 'message') write(message.conversation, message.activity);
      for (const activity of replies(message)) write(message.conversation, { ...fromTown, ...activity });
      channel.said?.(message.conversation);
      return 'new';
    },
    feed: {
      after,
      news: after,
      async changedSince(at, limit) {
        asked += 1;
        whenThere();
        return [...changedAt]
          .filter(([, changed]) => changed >= at)
          .map(([id, updatedAt]) => ({ id, updatedAt, lines: transcript.get(id)!.length }))
          .sort((one, other) => (one.updatedAt < other.updatedAt ? -1 : 1))
          .slice(0, limit);
      },
      async last(conversation) {
        whenThere();
        return transcript.get(conversation)?.at(-1)?.line ?? null;
      },
    },
    towns: { get: (id) => towns.find((town) => town.id === id), list: () => towns },
    secret: TOKEN_SECRET,
    directLineSecret: SERVER_SECRET,
    publicUrl: () => url,
    files: await openFileFolder(join(folder, 'files')),
    clock: () => new Date(Date.now() + aheadMs),
    mode,
    limits,
    fault: (where, error) => faults.push([where, error]),
  };
  const channel = createWebChannel(parts);
  const server = createServer({
    routes: channel.routes,
    upgrade: channel.upgrade,
    isLive: mode === 'live',
    log: () => {},
    onAnswer: () => {},
  });
  url = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}`;

  return {
    url,
    dataDir: folder,
    parts,
    channel,
    received,
    faults,
    /** A line of the bot's or an agent's. `quietly`: as another process writes it, without a word to this one. */
    says(conversation: string, activity: Partial<Activity>, quietly = false) {
      write(conversation, { ...fromTown, ...activity });
      if (!quietly) channel.said?.(conversation);
    },
    /** Questions to the store about what there is to read. */
    asked: () => asked,
    setAhead: (ms: number) => {
      aheadMs = ms;
    },
    setAway: (away: boolean) => {
      isAway = away;
    },
    async close() {
      await channel.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type WebDoor = Awaited<ReturnType<typeof openWebDoor>>;

export function townOf(id: string, allowedOrigins: string[] = []): Town {
  const daily = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  return {
    id,
    name: id,
    authority: { fr: `Mairie de ${id}` },
    timeZone: 'Europe/Paris',
    country: 'FR',
    languages: ['fr', 'en'],
    services: [{ id: 'desk', name: { fr: 'Accueil' }, hours: daily }],
    unfiled: [],
    frontDesk: 'desk',
    exceptionalDays: [],
    publicHolidays: {},
    emergency: {
      general: '112',
      fire: '18',
      medical: '15',
      police: '17',
      bySms: '114',
      gas: '0 800 47 33 33',
      suicide: '3114',
      childAbuse: '119',
      domesticViolence: '3919',
      missingChild: '116 000',
    },
    privacy: { contact: 'dpo@bellerive.example', url: 'https://bellerive.example/rgpd' },
    allowedOrigins,
    senders: {},
    streets: [],
    landmarks: [],
    boundary: [],
    theme: { colour: '#123456' },
  } as Town;
}
