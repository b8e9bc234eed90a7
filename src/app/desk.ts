/** The desk: where the people of the town hall read, answer and decide. */
import { createHookLetters, createKeyBook } from '../api';
import { createWording } from '../bot/wording/wording';
import { smsBodies } from '../channels/sms';
import { createDesk, type DeskParts } from '../desk';
import { sizeOf } from '../domain/message/sms-encoding';
import { campaignWaits, changeTicket, declareIncident, endHelp, mergeTickets, routeTicket, splitTicket } from '../mailroom';
import { forwardWays } from './couriers';
import type { House } from './house';

/** What it needs beside the house. */
type Beside = Pick<
  DeskParts,
  | 'calendar'
  | 'rooms'
  | 'changes'
  | 'fileUrl'
  | 'isRead'
  | 'showTyping'
  | 'keepFiles'
  | 'sweepMs'
  | 'onStep'
  | 'demoPassword'
  | 'readAtCounter'
  | 'proposeAnswer'
  | 'drafting'
  | 'persons'
  | 'retentionPlan'
  | 'isApproved'
>;

export function openDesk(
  { config, store, files, towns, publicUrl, clientIp, clock, log, mailroom, tokenSecret, fault }: House,
  beside: Beside,
) {
  return createDesk({
    ...store,
    ...{ files, towns, publicUrl, clientIp, clock, log, fault },
    incidents: {
      merge: (source, into, by) => mergeTickets(store, source, into, by, clock()),
      split: (source, by) => splitTicket(store, source, by, clock()),
      declare: (ticket, incident, by) => declareIncident(store, ticket, incident, by, clock()),
    },
    campaignWaits: (campaign, town) => campaignWaits(campaign, town, { ...store, limits: config.paidLimits }, clock()),
    smsPieces: (activity, town) => smsBodies(activity, town, () => null).reduce((sum, body) => sum + sizeOf(body).segments, 0),
    piecesPerDay: config.paidLimits.piecesPerDay,
    routeTicket: (ticket, to) => routeTicket(store.tickets, ticket, to, clock()),
    endHelp: ({ town, reference, revision }, agent) =>
      endHelp(store, town, reference, { id: `unhelped:${revision}`, at: clock().toISOString(), by: 'agent', agent }),
    forwardWays: forwardWays(config),
    changeTicket: (town, reference, change) => changeTicket(store, town, reference, change, clock()),
    hookLetters: createHookLetters(store.mail, clock),
    keyBook: createKeyBook(store.apiKeys, clock),
    wording: createWording,
    receive: (message) => mailroom().receive(message),
    mode: config.mode,
    tokenSecret,
    directorySettings: config.directory,
    hubSecret: config.webhookSecret,
    mapTiles: config.mapTiles,
    ...beside,
  });
}
