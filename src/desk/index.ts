/**
 * The desk: where people of the town hall sign in, see who waits and answer. This is its face: routes to mount, and
 * what must be done once at start so that somebody can come in at all.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Decide } from '../domain/decision';
import type { Agent } from '../domain/desk/agent';
import type { Route } from '../domain/http/route';
import { createRecurring } from '../recurring';
import { StoreUnavailable } from '../store/collection';
import { createActionRoutes } from './api/actions';
import { createBoardRoutes } from './api/board';
import { createConversationRoutes } from './api/conversation-routes';
import { createConversationReads } from './api/conversations';
import { createDirectoryRoutes } from './api/directory';
import { createDraftRoutes } from './api/drafts';
import { createFileRoutes } from './api/files';
import { createFrame, NOT_FOUND } from './api/frame';
import { createPauseRoutes } from './api/pauses';
import { createPeopleRoutes } from './api/people';
import { createSearchRoutes } from './api/search';
import { createStaffRoutes } from './api/staff';
import { createTemplateRoutes } from './api/templates';
import { createTicketRoutes } from './api/tickets';
import { createCampaignRoutes } from './campaigns/routes';
import { createContactRoutes } from './counter/contacts';
import { createFigures } from './figures';
import { createHubRoutes } from './hub/routes';
import { createKnowledge } from './knowledge';
import { createMapRoutes } from './map/routes';
import type { DeskParts } from './parts';
import { createAbuseRoutes } from './people/abuse';
import { createAttempts } from './people/attempts';
import { createAuditRoutes } from './people/audit';
import { createDirectory } from './people/directory';
import { openToSomebody } from './people/first-people';
import { createInvitations } from './people/invitations';
import { createSignIns } from './people/sign-ins';
import { createTrail } from './people/trail';
import { createScenes } from './present/scenes';
import { createKeyRoutes } from './programs/keys';
import { createWebhookRoutes } from './programs/webhooks';
import { createCapacity } from './queue/capacity';
import { createDeskDecide } from './queue/decide';
import { createDepartures } from './queue/leaving';
import { createPost } from './queue/post';
import { createRouter } from './queue/router';
import { createWatch } from './queue/watch';
import { createNight } from './report/night';
import { createReportRoutes } from './report/routes';
import { createPersonRoutes } from './rights/persons';
import { createRetentionRoutes } from './rights/retention';
import { createIntake } from './search/intake';
import { createBroadcast } from './stream/broadcast';
import { createOpenTickets } from './stream/open-tickets';
import { createDeskStream } from './stream/stream';
import { createTyping } from './stream/typing';
import { createDueWatch } from './tickets/due-watch';
import { createExportRoutes } from './tickets/export';
import { createImportRoutes } from './tickets/import';
import { createIncidentRoutes } from './tickets/incident-routes';
import { createRegisterRoutes } from './tickets/register';
import { createPlayer } from './training/player';
import { createRecordingRoutes } from './training/recordings';
import { createTrainingRoutes } from './training/routes';
import { createAttendance } from './waiting/attendance';
import { type CallbackTimes, createCallbackTimes } from './waiting/callbacks';
import { createOutlooks, createStandings, type Outlooks } from './waiting/outlook';

export type { Drafting } from './knowledge';
export type { DeskParts } from './parts';
// For `npm run agent`, which works on the rows while the desk may be closed.
export { createInvitations, linkOf, newAgentOf } from './people/invitations';
export { nightlyReport } from './report/nightly';
// For whoever fills a store as the desk would have.
export { putTicket } from './search/intake';

export interface Desk {
  routes: Route[];
  /** Decides what agents ask of a conversation. */
  decide: Decide;
  /** When citizens can be called back. */
  callbackTimes: CallbackTimes;
  /** What can be told to somebody who wants a person. */
  outlook: Outlooks;
  /** Hears that a citizen types, or up to which message they have read. */
  hear(conversation: string, sign: { kind: 'typing' } | { kind: 'read'; message: string }): Promise<void>;
  /** Takes over an upgrade to the desk's stream; false for any other address. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Looks from now on for what happens by itself: closing time, agents who are gone. */
  start(): void;
  close(): Promise<void>;
  /** To be called once the store is open: how to come in, as lines to print. Nothing when people are there already. */
  welcome(): Promise<string[]>;
}

export function createDesk(handed: DeskParts): Desk {
  const { agents, sessions, audit, publicUrl, clock, log } = handed;
  const signIns = createSignIns({ agents, sessions, clock, isSecure: () => publicUrl().startsWith('https:') });
  const inRooms = { ...handed, towns: handed.rooms };
  const frame = createFrame({ ...inRooms, signIns });
  const invitations = createInvitations(agents, clock);
  const trail = createTrail(audit, clock);
  const parts = {
    frame,
    ...handed,
    signIns,
    invitations,
    attempts: createAttempts(handed.attempts, clock),
    trail,
    directory: handed.directorySettings
      ? createDirectory({
          settings: handed.directorySettings,
          secret: handed.tokenSecret,
          callback: () => `${publicUrl()}/desk/api/directory/callback`,
          clock,
        })
      : undefined,
    onRefusal: () => log('warn', 'desk.sign-in-refused'),
  };
  const { conversations, changes, fault, sweepMs = 1000, onStep } = handed;
  const capacity = createCapacity({ agents, conversations, clock });
  const scenes = createScenes(inRooms);
  const reading = { ...inRooms, frame, scenes, trail, seq: changes.last };
  const reads = createConversationReads(reading);
  const broadcast = createBroadcast({ ...inRooms, scenes, reads, fault: (error) => fault('desk: stream', error) });
  const typing = createTyping({ ...handed, fault: (error) => fault('desk: typing', error) });
  const stream = createDeskStream({
    ...handed,
    looked,
    typed: typing.agentTypes,
    frame,
    signIns,
    broadcast,
    openTickets: createOpenTickets(handed.tickets),
    fault: (error) => fault('desk: stream', error),
  });
  const post = createPost(handed.receive, clock);
  const attendance = createAttendance(handed);
  const standings = createStandings(handed);
  const watch = createWatch({ ...handed, capacity, post, attendance, typing, standingOf: standings });
  const night = createNight(handed);
  const router = createRouter({
    ...handed,
    capacity,
    post,
    follow: async (town, heard) => changes.follow(town, await changes.last(town), heard),
    fault: (error) => fault('desk: router', error),
  });
  const departures = createDepartures({ ...handed, capacity, trail, looked, settled: router.wake });
  const intake = createIntake(handed);
  const dueWatch = createDueWatch(handed);
  const player = createPlayer(handed);
  const figures = createFigures({ ...handed, frame, trail });
  const knowledge = createKnowledge({ ...handed, frame, trail, reads, days: figures.days });
  const sweeps = createRecurring(sweepMs, sweep);

  async function sweep(): Promise<void> {
    try {
      await departures.sweep();
      await watch.sweep();
      await night.sweep();
      await intake.sweep();
      await dueWatch.sweep();
      await knowledge.sweep();
      await figures.sweep();
      await player.sweep();
      onStep?.('desk:swept');
    } catch (error) {
      // The mailroom says it when the store is away.
      if (!(error instanceof StoreUnavailable)) fault('desk: watch', error);
    }
  }

  /** Who has these open changed: others are to see it. */
  async function looked(town: string, ids: string[]): Promise<void> {
    await Promise.all(ids.map((id) => changes.tell(town, { kind: 'presence', id, version: 0 })));
  }

  /** By name, once; the same event when it is said again. */
  async function acknowledge(town: string, alert: string, agent: Agent, now: Date): Promise<boolean> {
    const known = await handed.alerts.byReference(town, alert);
    if (!known) return false;
    // The same as by `npm run ticket`: whoever comes second changes nothing.
    const id = createHash('sha256')
      .update(JSON.stringify([known.id, 'acknowledged']))
      .digest('hex')
      .slice(0, 16);
    const event = { id, at: now.toISOString(), kind: 'acknowledged' as const, by: agent.name };
    await handed.alerts.add(town, alert, event, known.state === 'open' ? 'acknowledged' : undefined);
    await looked(town, [known.conversation]);
    return true;
  }

  return {
    decide: createDeskDecide({ ...inRooms, attendance }),
    callbackTimes: createCallbackTimes(handed),
    outlook: createOutlooks(standings, handed),
    upgrade: stream.upgrade,
    async hear(conversation, sign) {
      if (sign.kind === 'typing') return typing.citizenTypes(conversation);
      const line = await handed.transcript.numberOf(conversation, sign.message);
      const town = line === null ? null : await conversations.read(conversation, line);
      if (town) await looked(town, [conversation]);
    },
    start() {
      sweeps.start(0);
      router.start();
    },
    async close() {
      await sweeps.stop();
      await router.stop();
      await knowledge.close();
      typing.close();
      await stream.close();
    },
    routes: [
      ...createConversationRoutes({ ...reading, reads }),
      ...createContactRoutes({ ...handed, frame, trail }),
      ...createBoardRoutes({ ...handed, frame, scenes }),
      ...createHubRoutes({ ...handed, secret: handed.hubSecret }),
      ...createFileRoutes({ ...handed, frame, reads }),
      ...createTemplateRoutes({ ...handed, frame, reads }),
      ...createPauseRoutes({ ...handed, frame, trail }),
      ...createReportRoutes({ ...handed, frame }),
      ...createActionRoutes({
        ...{ ...handed, frame, capacity, departures, reads, scenes, trail, acknowledge, looked, settled: router.wake },
      }),
      ...createPeopleRoutes(parts),
      ...createDirectoryRoutes(parts),
      ...createAuditRoutes(parts),
      ...createAbuseRoutes(parts),
      ...createStaffRoutes(parts),
      ...createDraftRoutes(parts),
      ...createTicketRoutes(parts),
      ...createMapRoutes(parts),
      ...createIncidentRoutes(parts),
      ...createRegisterRoutes(parts),
      ...createCampaignRoutes(parts),
      ...createExportRoutes(parts),
      ...createImportRoutes(parts),
      ...createSearchRoutes({ ...parts, scenes }),
      ...knowledge.routes,
      ...figures.routes,
      ...createWebhookRoutes(parts),
      ...createKeyRoutes(parts),
      ...createPersonRoutes(parts),
      ...createRetentionRoutes(parts),
      ...createTrainingRoutes({ ...handed, frame, player }),
      ...createRecordingRoutes({ ...parts, reads }),
      // Below `/desk/` every other address is the page's own.
      frame.agents({ method: 'get', path: '/desk/api/*', handle: async () => NOT_FOUND }),
    ],
    welcome: () => openToSomebody(parts),
  };
}
