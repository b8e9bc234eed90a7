/**
 * Alerts of danger as rows. What a message says of a danger is added once, under an id derived from the message, to
 * the alert that its conversation has already, or opens one.
 */
import { type Alert, type AlertEvent, type AlertNews, type AlertState, isSameAlert } from '../../domain/alert';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Collection, Database } from '../collection';
import { insertNew } from '../insert-new';

type AlertRow = Omit<Alert, 'id'> & { _id: string; [field: string]: unknown };

/** What a message says: everything needed to open an alert with it. */
export interface Said {
  /** Derived from the message. */
  id: string;
  news: AlertNews;
  danger: string;
  place?: TicketPlace;
  town: string;
  reference: string;
  conversation: string;
  channel: string;
  language: string;
  at: string;
}

export interface Noted {
  alert: Alert;
  events: AlertEvent[];
}

export interface Alerts {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** The alert with what was said, and the events that this made, the first time and at every replay; null when nothing of it is an alert's. */
  note(said: Said): Promise<Noted | null>;
  byReference(town: string, reference: string): Promise<Alert | null>;
  /** The last alert of a conversation. */
  ofConversation(conversation: string): Promise<Alert | null>;
  /** Adds an event, once, and moves the alert to a state; the alert as it then is. */
  add(town: string, reference: string, event: AlertEvent, state?: AlertState): Promise<Alert | null>;
  /** Newest first. */
  list(town: string, state: AlertState, limit: number): Promise<Alert[]>;
  count(state: AlertState): Promise<number>;
}

const present = ({ _id, ...rest }: AlertRow): Alert => ({ id: _id, ...rest });

export function createAlerts(database: Database): Alerts {
  const rows: Collection<AlertRow> = database.collection('alerts');

  async function lastOf(conversation: string): Promise<AlertRow | null> {
    const [row] = await rows.find({ conversation }, { sort: [['openedAt', -1]], limit: 1 });
    return row ?? null;
  }

  async function byReference(town: string, reference: string): Promise<AlertRow | null> {
    const [row] = await rows.find({ town, reference }, { limit: 1 });
    return row ?? null;
  }

  /** The row with these events, written unless they stand there already; null when it vanished. */
  async function append(found: AlertRow, events: AlertEvent[], fields: Partial<Alert>): Promise<AlertRow | null> {
    for (let row: AlertRow | null = found; row; row = await byReference(row.town, row.reference)) {
      const { history } = row;
      const fresh = events.filter(({ id }) => !history.some((known) => known.id === id));
      if (fresh.length === 0) return row;
      const at = fresh.at(-1)?.at ?? row.updatedAt;
      const next = { ...fields, history: [...history, ...fresh], updatedAt: at, revision: row.revision + 1 };
      const written = await rows.updateIf({ _id: row._id, revision: row.revision }, { $set: next });
      if (written) return written;
    }
    return null;
  }

  function eventsOf({ id, at, news, place }: Said, before: AlertRow | null): AlertEvent[] {
    const main: AlertEvent['kind'] | null = news === 'danger' ? (before ? 'again' : 'opened') : news === 'place' ? null : news;
    const isNewPlace = place !== undefined && before?.place?.text !== place.text;
    return [
      ...(main ? [{ id, at, kind: main, ...(main === 'opened' && place ? { place } : {}) }] : []),
      ...(isNewPlace && main !== 'opened' ? [{ id: `${id}~place`, at, kind: 'place' as const, place }] : []),
    ];
  }

  return {
    async prepare() {
      await rows.index(['town', 'reference'], { name: 'reference', unique: true });
      await rows.index(['conversation', 'openedAt'], { name: 'conversation' });
      await rows.index(['town', 'state', 'openedAt'], { name: 'state' });
      await rows.index(['state'], { name: 'counted' });
    },
    async note(said) {
      const { id, danger, place, town, reference, conversation, channel, language, at, news } = said;
      const last = await lastOf(conversation);
      const isReplay = last?.history.some((event) => event.id === id || event.id === `${id}~place`) === true;
      const before = last && (isReplay || isSameAlert(present(last), at)) ? last : null;
      const made = ({ history }: AlertRow) => history.filter((event) => event.id === id || event.id === `${id}~place`);
      if (before) {
        if (isReplay) return { alert: present(before), events: made(before) };
        const fields = {
          ...(place ? { place } : {}),
          ...(news === 'false-alarm' ? { state: 'false-alarm' as const } : {}),
          // What was said more exactly counts.
          ...(news === 'danger' && before.danger === 'general' ? { danger } : {}),
        };
        const row = await append(before, eventsOf(said, before), fields);
        return row && { alert: present(row), events: made(row) };
      }
      if (news !== 'danger') return null;
      const row: AlertRow = {
        _id: id,
        town,
        reference,
        state: 'open',
        danger,
        ...(place ? { place } : {}),
        conversation,
        channel,
        language,
        history: eventsOf(said, null),
        revision: 0,
        openedAt: at,
        updatedAt: at,
      };
      await insertNew(rows, row);
      const [written] = await rows.find({ _id: id }, { limit: 1 });
      return written ? { alert: present(written), events: made(written) } : null;
    },
    async byReference(town, reference) {
      const row = await byReference(town, reference);
      return row && present(row);
    },
    async ofConversation(conversation) {
      const row = await lastOf(conversation);
      return row && present(row);
    },
    async add(town, reference, event, state) {
      const found = await byReference(town, reference);
      const row = found && (await append(found, [event], state ? { state } : {}));
      return row && present(row);
    },
    async list(town, state, limit) {
      return (await rows.find({ town, state }, { sort: [['openedAt', -1]], limit })).map(present);
    },
    count: (state) => rows.count({ state }),
  };
}
