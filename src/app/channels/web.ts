/** The chat on the town's page, and the page behind a photo link. */
import type { IncomingMessage } from 'node:http';
import { createWebChannel, type WebParts } from '../../channels/web';
import { createSharedPhotos } from '../../channels/web/files/shared-photos';
import { createLegalPages } from '../../channels/web/legal';
import { createOwnData, type OwnDataParts } from '../../channels/web/own-data';
import { createPhotoLink } from '../../channels/web/photo-link';
import { createStatusPage } from '../../channels/web/status-page';
import type { Config } from '../../config';
import type { Receive } from '../../domain/message/letter';
import { clientIpBehind } from '../../http/client-ip';
import type { Log } from '../../log';
import type { House } from '../house';

export function openWeb(
  { config, towns, store, files, clock, mailroom, ...house }: House,
  told: Pick<WebParts, 'onReached' | 'onSign'>,
  ownData: () => Pick<OwnDataParts, 'townOf' | 'copy'>,
) {
  const { tokenSecret: secret, directLineSecret, publicUrl, clientIp, fault } = house;
  const shared = {
    secret,
    publicUrl,
    towns,
    files,
    receive: ((message) => mailroom().receive(message)) satisfies Receive,
    clock,
    clientIp,
    fault,
  };
  const channel = createWebChannel({
    ...shared,
    directLineSecret,
    ...told,
    feed: {
      after: (conversation, line, limit) => store.transcript.after(conversation, line, limit),
      news: (conversation, line, limit) => store.transcript.news(conversation, line, limit),
      changedSince: (at, limit) => store.conversations.changedSince(at, limit),
      last: async (conversation) => (await store.conversations.find(conversation))?.conversation.lines ?? null,
    },
    mode: config.mode,
    limits: {
      messages: { count: config.messagesPerMinute, seconds: 60 },
      messagesPerAddress: { count: config.messagesPerMinute * 10, seconds: 60 },
      conversations: { count: config.conversationsPerHour, seconds: 3600 },
    },
  });
  const ticket = (town: string, reference: string) => store.tickets.byReference(town, reference);
  const photoLink = createPhotoLink({ ...shared, ticket });
  return {
    channel,
    photoLink,
    sharedPhotos: createSharedPhotos(shared),
    legal: createLegalPages(shared),
    statusPage: createStatusPage({ ...shared, ticket }),
    ownData: createOwnData({ ...shared, townOf: (key) => ownData().townOf(key), copy: (key) => ownData().copy(key) }),
  };
}

/** Whose network a request comes from; the operator is told once when a proxy speaks that nobody trusts. */
export function openClientIp({ mode, trustedProxies }: Config, log: Log): (request: IncomingMessage) => string {
  let isTold = mode === 'demo';
  return clientIpBehind(trustedProxies, () => {
    if (!isTold)
      log('warn', 'proxy.untrusted', { cure: 'Set TRUSTED_PROXIES: until then all visitors behind the proxy count as one' });
    isTold = true;
  });
}
