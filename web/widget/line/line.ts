// Keeps a citizen's browser in touch with the town: opens the conversation, follows it by WebSocket or, where a
// network blocks those, by polling, and comes back by itself after any break, asking only for what it missed.
import type { Activity } from '../../../src/domain/message/activity';
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
  /** What follows belongs to a new conversation: the one that was kept has expired, or another tab has begun a new one. */
  replaced(why: 'expired' | 'elsewhere'): void;
}

interface Line {
  open(): void;
  /** The chat has left the page: nothing is asked any more until it is opened again, where it was. */
  close(): void;
  post(activity: Activity, file?: File): Promise<Posted>;
  /** Tells something that is no message, now or never; whether it was heard. */
  sign(activity: Activity): Promise<boolean>;
  /** Something suggests that the connection is back or worth checking: don't wait for the next try. */
  wake(): void;
  /** The browser says the network is gone. */
  drop(): void;
  /** Leaves the conversation and opens another. */
  restart(): void;
  /** Another tab may have a newer token, or have left the conversation for a new one. */
  compare(): void;
}

export function createLine({ wire, memory, town, language, heard, changed, introduced, replaced }: Parts): Line {
  let session: Session | undefined;
  /** The conversation whose messages are shown. */
  let following: string | undefined;
  let refreshing: ReturnType<typeof setTimeout>;
  let watermark: string | undefined;
  let seen = new Set<string>();
  let stream: Stream | undefined;
  let state: LineState = 'connecting';
  let isFollowed = false;
  /** Counts the beginnings: what an earlier one has asked for is no longer wanted when it comes. */
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
    // Where another tab has begun a new conversation meanwhile, that one counts.
    if (memory.read().conversationId === conversationId) memory.keep({ token });
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

  /** Goes on with the kept conversation while its token is good, else begins a new one: one for all tabs. */
  async function begin(mine: number): Promise<Answer<Opening>> {
    const got = await memory.alone(async (): Promise<Answer<Opening>> => {
      const { conversationId, token } = memory.read();
      if (conversationId && token) {
        const again = await wire.refresh({ conversationId, token });
        if (again.outcome !== 'expired') return again;
      }
      const answer = await wire.token(town);
      if (answer.outcome === 'expired') return { outcome: 'refused', code: '' };
      if (answer.outcome !== 'ok' || mine !== era) return answer;
      introduced(answer.body.town);
      memory.keep({ conversationId: answer.body.conversationId, token: answer.body.token });
      if (conversationId) following ??= conversationId;
      return answer;
    });
    if (got.outcome !== 'ok' || mine !== era) return got;
    turnTo(got.body.conversationId, 'expired');
    hold(got.body);
    return wire.start(got.body, language());
  }

  function turnTo(conversationId: string, why: 'expired' | 'elsewhere') {
    if (following === conversationId) return;
    const isAnother = following !== undefined;
    following = conversationId;
    watermark = undefined;
    seen = new Set();
    if (isAnother) replaced(why);
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

  function hangUp() {
    era += 1;
    stream?.close();
    stopWaiting();
    clearTimeout(refreshing);
  }

  function leave() {
    hangUp();
    session = undefined;
    following = undefined;
    watermark = undefined;
    seen = new Set();
    become('connecting');
    void run(era);
  }

  async function run(mine: number) {
    let failures = 0;
    while (mine === era) {
      // A browser may take a connection that it kept from before, and that is as dead as the stream: the first try is a short one.
      const patience = Math.min(4 * 2 ** failures, 20) * SECOND;
      const opening = session ? await wire.reconnect(session, watermark, patience) : await begin(mine);
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
      if (isFollowed) return;
      isFollowed = true;
      era += 1;
      void run(era);
    },
    close() {
      if (!isFollowed) return;
      isFollowed = false;
      hangUp();
      state = 'connecting';
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
      if (answer.outcome === 'refused') return { outcome: 'no', code: answer.code };
      if (answer.outcome === 'expired') renew();
      else {
        become('offline');
        stream?.close();
        stopWaiting();
      }
      return { outcome: 'later' };
    },
    async sign(activity) {
      if (!session || state !== 'online') return false;
      return (await wire.post(session, activity)).outcome === 'ok';
    },
    wake() {
      stopWaiting();
      const woken = stream;
      if (!woken?.isOpen()) return;
      woken.doubt();
      void catchUp().then((outcome) => outcome === 'ok' || woken.close());
    },
    drop() {
      if (!isFollowed) return;
      become('offline');
      stream?.close();
    },
    restart() {
      memory.forget();
      leave();
    },
    compare() {
      const { conversationId, token } = memory.read();
      if (!isFollowed || !session || !conversationId || !token) return;
      if (conversationId === session.conversationId) session = { conversationId, token };
      else {
        leave();
        following = conversationId;
        replaced('elsewhere');
      }
    },
  };
}
