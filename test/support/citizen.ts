/**
 * A citizen at a web page: `ana.says('…')`, `await ana.hears(/…/)`, through the real Direct Line
 * routes over HTTP, as any client would.
 */
import assert from 'node:assert/strict';
import type { Rows } from './rows';
import { LATEST_MS } from './until';

export interface Said {
  id: string;
  type: string;
  text?: string;
  locale?: string;
  from: { id: string; role?: string };
  replyToId?: string;
  importance?: string;
  suggestedActions?: { actions: Array<{ type?: string; title: string; value: string }> };
  attachments?: Array<{ contentType: string; contentUrl: string; name?: string }>;
  channelData?: Record<string, unknown>;
}

export interface Citizen {
  conversation: string;
  token: string;
  says(text: string, extra?: Record<string, unknown>): Promise<string>;
  sends(file: { name: string; type: string; bytes: Uint8Array }, text?: string): Promise<Response>;
  /** Waits for what the town hall says next, all of it until it falls silent; fails unless some of it matches. */
  hears(expected?: RegExp, limitMs?: number): Promise<string>;
  /** Everything heard so far, oldest first. */
  heard(): Said[];
  choices(): string[];
  /** The page asks for what is new, as it does while it is open: the citizen is there. */
  looksIn(): Promise<void>;
  /** Asserts that nothing more came, once all that was to follow has followed. */
  hearsNothing(rows: Pick<Rows, 'settled'>): Promise<void>;
}

/** What a citizen types, what they then hear, and what must not stand in it. */
export type Turn = readonly [typed: string, hears: RegExp, never?: RegExp];

export async function plays(citizen: Citizen, turns: readonly Turn[]): Promise<void> {
  for (const [typed, hears, never] of turns) {
    await citizen.says(typed);
    const heard = await citizen.hears(hears);
    if (never) assert.doesNotMatch(heard, never);
  }
}

/** Plays a new citizen's turns on a page: the first request that comes of them. */
export async function fileOf({ url }: { url: string }, rows: Rows, locale: string, turns: readonly Turn[]) {
  const citizen = await createCitizen(url, { locale });
  await plays(citizen, turns);
  return (await rows.tickets(citizen.conversation))[0];
}

export interface CitizenOptions {
  town?: string;
  locale?: string;
}

export async function createCitizen(url: string, { town = 'bellerive', locale }: CitizenOptions = {}): Promise<Citizen> {
  const opened = await call(`${url}/widget/${town}/token`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: '{}',
  });
  const { conversationId, token } = (await opened.json()) as { conversationId: string; token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const base = `${url}/v3/directline/conversations`;
  await call(base, { method: 'POST', headers, body: JSON.stringify({ locale }) });
  const heard: Said[] = [];
  let watermark = '';
  let sent = 0;

  async function poll(): Promise<Said[]> {
    const answer = await call(`${base}/${conversationId}/activities?watermark=${watermark}`, { headers });
    const set = (await answer.json()) as { activities: Said[]; watermark: string };
    watermark = set.watermark;
    const fresh = set.activities.filter((activity) => activity.from.role === 'bot' || activity.from.id === town);
    heard.push(...fresh);
    return fresh;
  }

  const citizen: Citizen = {
    conversation: conversationId,
    token,
    async says(text, extra = {}) {
      sent += 1;
      const body = { type: 'message', text, locale, channelData: { clientActivityID: `${conversationId}-${sent}` }, ...extra };
      const answer = await call(`${base}/${conversationId}/activities`, { method: 'POST', headers, body: JSON.stringify(body) });
      return ((await answer.json()) as { id: string }).id;
    },
    async sends(file, text) {
      const form = new FormData();
      if (text !== undefined) {
        form.append(
          'activity',
          new Blob([JSON.stringify({ type: 'message', text })], { type: 'application/vnd.microsoft.activity' }),
          'activity',
        );
      }
      form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
      return fetch(`${base}/${conversationId}/upload`, {
        method: 'POST',
        headers: { authorization: headers.authorization },
        body: form,
      });
    },
    async hears(expected, limitMs = LATEST_MS) {
      const until = Date.now() + limitMs;
      const fresh: Said[] = [];
      const said = () => fresh.map((each) => each.text ?? '').join('\n');
      let quietSince = 0;
      while (Date.now() < until) {
        const more = await poll();
        fresh.push(...more);
        if (more.length > 0) quietSince = Date.now();
        // On a busy machine what is waited for may come well behind something else.
        else if (fresh.length > 0 && Date.now() - quietSince > 60 && (!expected || expected.test(said()))) break;
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      const text = said();
      assert.ok(fresh.length > 0, `The town hall said nothing within ${limitMs} ms; ${expected} was expected`);
      if (expected) assert.match(text, expected);
      return text;
    },
    heard: () => heard,
    choices: () => heard.at(-1)?.suggestedActions?.actions.map(({ title }) => title) ?? [],
    async looksIn() {
      await poll();
    },
    async hearsNothing(rows) {
      await rows.settled();
      assert.equal((await poll()).map((each) => each.text).join('\n'), '');
    },
  };
  await citizen.hears();
  return citizen;
}

async function call(address: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(address, options);
  if (!answer.ok) assert.fail(`${options.method ?? 'GET'} ${new URL(address).pathname}: ${answer.status} ${await answer.text()}`);
  return answer;
}
