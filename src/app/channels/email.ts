/** E-mail: notices and alerts wherever a mail server is set, and conversations for the towns that have an address. */
import { createEmail } from '../../channels/email';
import { createAccept } from '../../channels/email/accept';
import { createEmailCourier } from '../../channels/email/courier';
import { inspectMedia } from '../../channels/media';
import type { Receive } from '../../domain/message/letter';
import type { House } from '../house';

type FileUrl = (conversation: string, contentUrl: string | undefined) => string | null;

/** @param fileUrl where a file of a conversation opens, for an hour. */
export function openEmail(house: House, fileUrl: FileUrl) {
  const { config, towns, store, log, mailroom, publicUrl } = house;
  if (!config.email) return null;
  const courier = createEmailCourier({
    ...config.email,
    townOf: (town) => towns.get(town),
    async heardBy({ conversation, activity: { replyToId } }) {
      const cause = replyToId ? await store.mail.inbox.get(replyToId) : null;
      const heard = cause ?? (await store.mail.inbox.lately(conversation, 12)).find(({ activity }) => activity.channelData?.mail);
      return heard?.activity ?? null;
    },
    linkTo: (conversation) => (url) => {
      const signed = fileUrl(conversation, url);
      return signed && `${publicUrl().replace(/\/$/, '')}${signed}`;
    },
  });
  const { channel, routes } = createEmail({
    secret: config.email.secret,
    courier,
    accept: acceptMail(house, (message) => mailroom().receive(message)),
    outboxIdOf: async (messageId) => (await store.mail.sentAs(messageId))?._id ?? null,
    onReceipt: (receipt, isForward) => mailroom().receipt(receipt, isForward),
    log: (event, fields) => log('warn', `email.${event}`, fields),
  });
  return { channel, courier, routes, close: courier.close };
}

/** How an e-mail becomes a row, for the running server and for the command beside it. */
export function acceptMail({ towns, store, files, clock }: Pick<House, 'towns' | 'store' | 'files' | 'clock'>, receive: Receive) {
  return createAccept({
    ...{ towns, files, clock, receive },
    inspect: inspectMedia,
    async letterOf(messageId) {
      const row = await store.mail.sentAs(messageId);
      const ticket = row?.activity.channelData?.ticket;
      return row && { town: row.town, ...(typeof ticket === 'string' ? { ticket } : {}) };
    },
  });
}
