/** What whoever decides may look up while they decide, about the conversation of one row of the inbox. */
import { createHash } from 'node:crypto';
import type { Lookups } from '../domain/decision';
import { OWN_FOR_MS } from '../domain/rights';
import { createReference } from '../domain/ticket/ticket';
import type { InboxRow } from '../store/rows/mail';
import { hasOptedOut } from './consent';
import { type MailroomParts, SECOND } from './parts';

const HOUR = 3600 * SECOND;

/** @returns made for a row: `salt` gives other references when one is taken. */
export function createLookups(parts: MailroomParts): (row: InboxRow, address: string, now: Date, salt: number) => Lookups {
  const { followers, subscriptions, campaigns, tickets, ledger, alerts } = parts;
  return (row, address, now, salt) => {
    const since = now.getTime() - HOUR;
    return {
      now,
      reference: (n) => createReference(createHash('sha256').update(`${row._id}|${n}|${salt}`).digest()),
      ticketsHere: once(async () => {
        const since = new Date(now.getTime() - OWN_FOR_MS).toISOString();
        return (await tickets.ofAddress(row.town, row.channel, address, 10)).filter(({ updatedAt }) => updatedAt >= since);
      }),
      async ticketsOf(contact) {
        const since = new Date(now.getTime() - OWN_FOR_MS).toISOString();
        return (await tickets.ofContact(row.town, contact, 10)).filter(({ updatedAt }) => updatedAt >= since);
      },
      followed: once(async () => {
        const followed = await followers.followedBy(row.town, row.channel, address, 5);
        const found = await Promise.all(followed.map(({ reference }) => tickets.byReference(row.town, reference)));
        return found.flatMap((ticket) => ticket ?? []);
      }),
      openOf: (topic) => tickets.openOf(row.town, topic, 50),
      followers: (reference) => followers.count(row.town, reference),
      ticket: (reference) => tickets.byReference(row.town, reference),
      subscriptions: async () => (await subscriptions.ofAddress(row.town, address)).filter(({ state }) => state === 'on'),
      campaign: (id) => campaigns.get(row.town, id),
      async wrongProofs(reference) {
        const [about, from] = await Promise.all([
          ledger.since('attempt', row.town, reference, since, 10),
          ledger.since('attempt', row.town, address, since, 10),
        ]);
        return Math.max(about.length, from.length);
      },
      mayWrite: async () => !(await hasOptedOut(ledger, row.town, address)),
      alert: () => alerts.ofConversation(row.conversation),
      photoLink: (reference) => parts.photoLink?.(row.town, reference, now) ?? null,
      statusLink: (reference) => parts.statusLink?.(row.town, reference) ?? null,
      digits: (n = 0) => parts.ownData?.digits(n === 0 ? row._id : `${row._id}#${n}`) ?? '',
      ownDataLink: () => parts.ownData?.link(row._id) ?? null,
      callbackTimes: async (service) => (await parts.callbackTimes?.free(row.town, service, now)) ?? [],
      holdCallback: async (service, at) => (await parts.callbackTimes?.hold(row.town, service, at, row._id, now)) ?? false,
      outlook: async (service) => (await parts.outlook?.({ id: row.conversation, town: row.town }, service, now)) ?? null,
    };
  };
}

/** What several listeners ask about one message is asked of the store once: nothing is written while it is decided. */
function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}
