// The calls a citizen's browser makes: a visitor's token, then Direct Line 3.0 and nothing of our own
// (protocols.md 2.1). Every call comes back as a plain answer; what to do about it is line.ts's business.
import type { Activity } from '../../../src/domain/message/activity';
import { type ActivitySet, type Opening, object, readActivitySet, readOpening, string } from './incoming';

const SECOND = 1000;

export type Answer<Body> =
  | { outcome: 'ok'; body: Body }
  /** The server could not be reached, or not in time: whether it heard us is unknown. */
  | { outcome: 'offline' }
  /** The token or the conversation is no longer good. */
  | { outcome: 'expired' }
  /** Heard, but not able to now: try again after that many milliseconds. */
  | { outcome: 'busy'; afterMs: number }
  /** Heard and refused for good; `code` is the server's word for why. */
  | { outcome: 'refused'; code: string };

export interface Session {
  conversationId: string;
  token: string;
}

export interface Wire {
  token(town: string): Promise<Answer<Opening>>;
  start(session: Session, language: string): Promise<Answer<Opening>>;
  reconnect(session: Session, watermark: string | undefined, forMs: number): Promise<Answer<Opening>>;
  refresh(session: Session): Promise<Answer<Opening>>;
  activities(session: Session, watermark?: string): Promise<Answer<ActivitySet>>;
  post(session: Session, activity: Activity, file?: File): Promise<Answer<true>>;
  readSet(frame: string): ActivitySet;
  /** Gives up every call under way: each comes back as `offline`. */
  hangUp(): void;
}

export function createWire(server: string): Wire {
  const underWay = new Set<AbortController>();

  async function call<Body>(
    path: string,
    request: { token?: string; json?: unknown; form?: FormData; forMs?: number },
    read: (body: unknown) => Body | null,
  ): Promise<Answer<Body>> {
    const { token, json, form, forMs = 20 * SECOND } = request;
    const headers: Record<string, string> = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (json) headers['Content-Type'] = 'application/json';
    const stop = new AbortController();
    underWay.add(stop);
    const timer = setTimeout(() => stop.abort(), forMs);
    try {
      const response = await fetch(server + path, {
        method: json || form ? 'POST' : 'GET',
        headers,
        body: form ?? (json ? JSON.stringify(json) : undefined),
        signal: stop.signal,
        credentials: 'omit',
        cache: 'no-store',
      });
      if (response.ok) {
        const body = read(response.status === 204 ? {} : await response.json());
        return body === null ? { outcome: 'busy', afterMs: 5 * SECOND } : { outcome: 'ok', body };
      }
      if ([401, 403, 404].includes(response.status)) return { outcome: 'expired' };
      if (response.status === 429 || response.status >= 500) {
        return { outcome: 'busy', afterMs: (Number(response.headers.get('Retry-After')) || 1) * SECOND };
      }
      const { error } = object(await response.json().catch(() => null));
      return { outcome: 'refused', code: string(object(error).code) };
    } catch {
      return { outcome: 'offline' };
    } finally {
      clearTimeout(timer);
      underWay.delete(stop);
    }
  }

  const conversation = ({ conversationId }: Session) => `/v3/directline/conversations/${encodeURIComponent(conversationId)}`;
  const after = (watermark?: string) => (watermark ? `?watermark=${encodeURIComponent(watermark)}` : '');

  return {
    token: (town) => call(`/widget/${town}/token`, { json: {} }, readOpening),
    start: ({ token }, locale) => call('/v3/directline/conversations', { token, json: { locale } }, readOpening),
    reconnect: (session, watermark, forMs) =>
      call(conversation(session) + after(watermark), { token: session.token, forMs }, readOpening),
    refresh: ({ token }) => call('/v3/directline/tokens/refresh', { token, json: {} }, readOpening),
    activities: (session, watermark) =>
      call(`${conversation(session)}/activities${after(watermark)}`, { token: session.token }, (body) =>
        readActivitySet(body, server),
      ),
    post(session, activity, file) {
      const { token } = session;
      if (!file) return call(`${conversation(session)}/activities`, { token, json: activity }, () => true);
      const form = new FormData();
      form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
      form.append('file', file, file.name);
      return call(
        `${conversation(session)}/upload?userId=${activity.from?.id}`,
        { token, form, forMs: 120 * SECOND },
        () => true,
      );
    },
    hangUp() {
      for (const call of underWay) call.abort();
    },
    readSet(frame) {
      try {
        return readActivitySet(JSON.parse(frame), server);
      } catch {
        return { heard: [] };
      }
    },
  };
}
