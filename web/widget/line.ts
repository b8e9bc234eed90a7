// Keeps a citizen's browser in touch with the town: opens the conversation, follows it by WebSocket or, where a
// network blocks those, by polling, and comes back by itself after any break, asking only for what it missed.
import type { Activity } from '../../src/domain/activity';
import type { Heard, Opening } from './incoming';
import type { Memory } from './memory';
import type { Posted } from './outbox';
import { openStream, type Stream } from './stream';
import type { Answer, Session, Wire } from './wire';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** `unavailable`: the server is there but will not open a conversation (unknown town, page not allowed, too many). */
export type LineState = 'connecting' | 'online' | 'offline' | 'unavailable';

interface Parts {
  wire: Wire;
  memory: Memory;
  town: string;
  language(): string;
  heard(activity: Heard): void;
  changed(state: LineState): void;
  introduced(town: Opening['town']): void;
  /** The conversation kept by the browser is no longer good; what follows belongs to a new one. */
  lost(): void;
}

interface Line {
  open(): void;
  post(activity: Activity, file?: File): Promise<Posted>;
  /** Something suggests that the connection is back or worth checking: don't wait for the next try. */
  wake(): void;
  /** The browser says the network is gone. */
  drop(): void;
  /** Leaves the conversation and opens another. */
  restart(): void;
}

export function createLine({ wire, memory, town, language, heard, changed, introduced, lost }: Parts): Line {
  let session: Session | undefined;
  let refreshing: ReturnType<typeof setTimeout>;
  let watermark: string | undefined;
  let seen = new Set<string>();
  let stream: Stream | undefined;
  let state: LineState = 'connecting';
  let era = 0;
  let stopWaiting = () => {};

  const wait = (ms: number) =>
    new Promise<void>((resume) => {
      const timer = setTimeout(resume, ms);
      stopWaiting = () => {
        clearTimeout(timer);
        resume();
      };
    });

  function become(next: LineState) {
    state = next;
    changed(next);
  }

  function hold({ conversationId, token, expiresInSeconds }: Opening) {
    session = { conversationId, token };
    memory.keep(session);
    clearTimeout(refreshing);
    refreshing = setTimeout(refresh, Math.min((expiresInSeconds * SECOND) / 2, 60 * MINUTE));
  }

  async function refresh() {
    if (!session) return;
    const mine = era;
    const answer = await wire.refresh(session);
    if (mine !== era) return;
    if (answer.outcome === 'ok') hold(answer.body);
    else if (answer.outcome === 'expired') renew();
    else refreshing = setTimeout(refresh, 30 * SECOND);
  }

  function renew() {
    session = undefined;
    stream?.close();
    stopWaiting();
  }

  /** Goes on with the kept conversation while its token is good; else begins a new one. */
  async function begin(): Promise<Answer<Opening>> {
    const { conversationId, token } = memory.read();
    if (conversationId && token) {
      const again = await wire.refresh({ conversationId, token });
      if (again.outcome === 'ok') return wire.start(again.body, language());
      if (again.outcome !== 'expired') return again;
    }
    const answer = await wire.token(town);
    if (answer.outcome === 'expired') return { outcome: 'refused' };
    if (answer.outcome !== 'ok') return answer;
    introduced(answer.body.town);
    watermark = undefined;
    seen = new Set();
    if (conversationId) lost();
    hold(answer.body);
    return wire.start(answer.body, language());
  }

  function take(activities: Heard[], next?: string) {
    for (const activity of activities) {
      if (activity.id && seen.has(activity.id)) continue;
      if (activity.id) seen.add(activity.id);
      heard(activity);
    }
    if (next) watermark = next;
  }

  async function catchUp(): Promise<Answer<unknown>['outcome']> {
    for (;;) {
      if (!session) return 'expired';
      const before = watermark;
      const mine = era;
      const answer = await wire.activities(session, before);
      if (mine !== era) return 'expired';
      if (answer.outcome !== 'ok') return answer.outcome;
      take(answer.body.heard, answer.body.watermark);
      if (answer.body.heard.length === 0 || watermark === before) return 'ok';
    }
  }

  /** Lives as long as the link does; comes back with how it ended. */
  async function follow(url?: string): Promise<Answer<unknown>['outcome']> {
    const mine = era;
    // Frames may arrive while the history is still being read: they wait, so that nothing is shown out of order.
    let early: string[] | undefined = [];
    const read = (frame: string) => {
      if (mine !== era) return;
      const set = wire.readSet(frame);
      take(set.heard, set.watermark);
    };
    const opened = await openStream(url, (frame) => (early ? early.push(frame) : read(frame)));
    if (mine !== era) {
      opened?.close();
      return 'expired';
    }
    stream = opened;
    const caught = await catchUp();
    if (caught !== 'ok' || mine !== era) {
      opened?.close();
      return caught;
    }
    for (const frame of early) read(frame);
    early = undefined;
    become('online');

    if (opened) {
      if ((await opened.ended) === 'closed' || mine !== era) return 'ok';
      // Nothing that went the same way will be answered either; what was posted goes again under its id.
      wire.hangUp();
      return 'offline';
    }
    for (const until = Date.now() + MINUTE; Date.now() < until && mine === era; ) {
      await wait(document.hidden ? 10 * SECOND : SECOND);
      const outcome = mine === era ? await catchUp() : 'expired';
      if (outcome === 'busy') await wait(5 * SECOND);
      else if (outcome !== 'ok') return outcome;
      else if (state !== 'online') become('online');
    }
    return 'ok';
  }

  async function run(mine: number) {
    let failures = 0;
    while (mine === era) {
      // A browser may take a connection that it kept from before, and that is as dead as the stream: the first try is a short one.
      const patience = Math.min(4 * 2 ** failures, 20) * SECOND;
      const opening = session ? await wire.reconnect(session, watermark, patience) : await begin();
      if (mine !== era) return;
      let outcome: Answer<unknown>['outcome'] = opening.outcome;
      if (opening.outcome === 'ok') {
        hold(opening.body);
        failures = 0;
        outcome = await follow(opening.body.streamUrl);
        if (mine !== era) return;
      }
      if (outcome === 'expired') session = undefined;
      else if (outcome !== 'ok') become(outcome === 'offline' ? 'offline' : 'unavailable');
      // A server that restarts is met by all its citizens at once: each comes back at a moment of its own.
      await wait(Math.min(2 ** failures, 30) * SECOND * (0.5 + Math.random() / 2));
      failures += 1;
    }
  }

  return {
    open() {
      if (era > 0) return;
      era = 1;
      void run(era);
    },
    async post(activity, file) {
      if (!session || state !== 'online') return { outcome: 'later' };
      const mine = era;
      const answer = await wire.post(session, activity, file);
      if (mine !== era) return { outcome: 'later' };
      if (answer.outcome === 'ok') {
        // It went through: whether the reply can come by the stream is another question.
        if (stream?.isOpen()) stream.doubt();
        else setTimeout(stopWaiting, 300);
        return { outcome: 'sent' };
      }
      if (answer.outcome === 'busy') return answer;
      if (answer.outcome === 'refused') return { outcome: 'no' };
      if (answer.outcome === 'expired') renew();
      else {
        become('offline');
        stream?.close();
        stopWaiting();
      }
      return { outcome: 'later' };
    },
    wake() {
      stopWaiting();
      const woken = stream;
      if (!woken?.isOpen()) return;
      woken.doubt();
      void catchUp().then((outcome) => outcome === 'ok' || woken.close());
    },
    drop() {
      become('offline');
      stream?.close();
    },
    restart() {
      era += 1;
      stream?.close();
      stopWaiting();
      clearTimeout(refreshing);
      session = undefined;
      watermark = undefined;
      seen = new Set();
      memory.forget();
      become('connecting');
      void run(era);
    },
  };
}
