/**
 * What citizens ask for in a conversation is done by one process of several: erased a little after they were answered, because
 * the answer goes with the rest; a copy is made when its link is opened, so that none lies about. Who did it stands in the audit log.
 */
import { randomUUID } from 'node:crypto';
import type { OwnDataAct } from '../domain/rights';
import { createRecurring } from '../recurring';
import type { Conversations } from '../store/rows/conversations';
import type { Audit } from '../store/rows/desk/audit';
import type { Jobs } from '../store/rows/jobs';
import type { DataRequest, DataRequests } from '../store/rows/rights/data-requests';
import type { Persons } from './person';

export interface AskedParts {
  dataRequests: DataRequests;
  conversations: Pick<Conversations, 'find'>;
  persons: Persons;
  audit: Audit;
  jobs: Jobs;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
  everyMs?: number;
}

const MINUTE_MS = 60_000;
const AT_ONCE = 20;
/** While a person of the town hall answers there, it waits. */
const LATER_MS = 30 * MINUTE_MS;
const LEASE_MS = 5 * MINUTE_MS;

export function createAsked({ dataRequests, conversations, persons, audit, jobs, clock, log, everyMs = MINUTE_MS }: AskedParts) {
  const owner = randomUUID();
  const looks = createRecurring(everyMs, look);

  const note = ({ id, town, channel }: DataRequest, what: OwnDataAct, details: Record<string, string>) =>
    audit.write({
      id: `${what}:${id}`,
      town,
      at: clock().getTime(),
      what,
      subject: 'citizen',
      details: { channel, ...details },
      network: '',
    });

  async function erase(request: DataRequest): Promise<void> {
    const held = await conversations.find(request.conversation);
    if (held && (held.conversation.holder !== 'bot' || held.conversation.pending))
      return dataRequests.postpone(request.id, clock().getTime() + LATER_MS);
    const done = await persons.erase(await persons.ofCitizen(request.town, request), false);
    const counts = [done.conversations, done.tickets.length, done.kept.length].map(String);
    const [all = '', requests = '', kept = ''] = counts;
    // Written before the row goes: cut off in between, it is done again under the same id.
    await note(request, 'person.erased', { conversations: all, requests, kept });
    await dataRequests.done(request.id);
  }

  async function look(): Promise<void> {
    try {
      const now = clock().getTime();
      const due = await dataRequests.toErase(now, AT_ONCE);
      if (due.length > 0 && (await jobs.hold('data-requests', owner, LEASE_MS, now))) {
        for (const request of due) if (!looks.isStopped()) await erase(request);
        await jobs.letGo('data-requests', owner);
      }
      await dataRequests.forget(now);
    } catch (error) {
      log('warn', 'rights.failed', { reason: error instanceof Error ? error.name : 'unknown' });
    }
  }

  return {
    /** What a link opens, by the digest of what stands in it; null once it has ended. */
    async copy(id: string): Promise<object | null> {
      const request = await dataRequests.export(id, clock().getTime());
      if (!request) return null;
      const document = await persons.copyOf(request.town, request);
      await note(request, 'person.exported', {});
      return document;
    },
    /** Whose town a link is of, while it lasts. */
    townOf: async (id: string) => (await dataRequests.export(id, clock().getTime()))?.town ?? null,
    start: () => looks.start(everyMs),
    stop: looks.stop,
  };
}
