/** What the desk is handed: rows, what others of the house do for it, settings. */
import type { IncomingMessage } from 'node:http';
import type { ProposeAnswer } from '../domain/decision';
import type { ReadAtCounter } from '../domain/desk/counter';
import type { DirectorySettings } from '../domain/desk/directory';
import type { FileStore } from '../domain/message/file';
import type { Receive } from '../domain/message/letter';
import type { Calendar, Towns } from '../domain/town';
import type { Alerts } from '../store/rows/alerts';
import type { Conversations } from '../store/rows/conversations';
import type { Abuses } from '../store/rows/desk/abuses';
import type { Agents } from '../store/rows/desk/agents';
import type { AttemptCounts } from '../store/rows/desk/attempts';
import type { Audit } from '../store/rows/desk/audit';
import type { Callbacks } from '../store/rows/desk/callbacks';
import type { Canned } from '../store/rows/desk/canned';
import type { Drafts } from '../store/rows/desk/drafts';
import type { Exercises } from '../store/rows/desk/exercises';
import type { LeavingRows } from '../store/rows/desk/leaving';
import type { Pauses } from '../store/rows/desk/pauses';
import type { Presences } from '../store/rows/desk/presence';
import type { Recordings } from '../store/rows/desk/recordings';
import type { Reports } from '../store/rows/desk/reports';
import type { Search } from '../store/rows/desk/search';
import type { Sessions } from '../store/rows/desk/sessions';
import type { Followers } from '../store/rows/followers';
import type { Jobs } from '../store/rows/jobs';
import type { Ledger } from '../store/rows/ledger';
import type { Campaigns } from '../store/rows/listening/campaigns';
import type { PollAnswers } from '../store/rows/listening/poll-answers';
import type { SubscriptionRows } from '../store/rows/listening/subscriptions';
import type { Mail } from '../store/rows/mail';
import type { Spending } from '../store/rows/spending';
import type { Tallies } from '../store/rows/tallies';
import type { Tickets } from '../store/rows/tickets';
import type { Transcript } from '../store/rows/transcript';
import type { FileParts } from './api/files';
import type { TemplateParts } from './api/templates';
import type { TicketParts } from './api/tickets';
import type { CampaignParts } from './campaigns/routes';
import type { KnowledgeParts } from './knowledge';
import type { MapParts } from './map/routes';
import type { KeyParts } from './programs/keys';
import type { WebhookParts } from './programs/webhooks';
import type { DeskDecideParts } from './queue/decide';
import type { PersonParts } from './rights/persons';
import type { RetentionParts } from './rights/retention';
import type { Changes } from './stream/broadcast';
import type { IncidentParts } from './tickets/incident-routes';

export interface DeskParts extends Pick<KnowledgeParts, 'misses' | 'publications' | 'drafting' | 'topicDrafts'> {
  conversations: Conversations;
  transcript: Transcript;
  tickets: Tickets;
  ledger: Ledger;
  alerts: Alerts;
  mail: Mail;
  presences: Presences;
  calendar: Calendar;
  wording: DeskDecideParts['wording'];
  changes: Changes;
  receive: Receive;
  readAtCounter: ReadAtCounter;
  proposeAnswer: ProposeAnswer;
  /** Signs what goes to and comes from another hub; none is heard without it. */
  hubSecret?: string;
  /** Keeps files that an agent sends. */
  keepFiles: FileParts['keepFiles'];
  /** Whether a citizen's page reads this conversation, in this process. */
  isRead(conversation: string): boolean;
  /** Shows on a citizen's page, in this process, that a person of the town hall types. */
  showTyping(conversation: string, town: string, name: string): void;
  /** Where a file of a conversation is read. */
  fileUrl(conversation: string, contentUrl: string | undefined): string | null;
  isApproved?: TemplateParts['isApproved'];
  /** How often it is looked for what happens by itself, milliseconds. */
  sweepMs?: number;
  /** Called each time that all of the desk's recurring work has been done. */
  onStep?: (step: string) => void;
  fault: (where: string, error: unknown) => void;
  agents: Agents;
  sessions: Sessions;
  audit: Audit;
  drafts: Drafts;
  leaving: LeavingRows;
  exercises: Exercises;
  recordings: Recordings;
  abuses: Abuses;
  canned: Canned;
  search: Search;
  callbacks: Callbacks;
  jobs: Jobs;
  reports: Reports;
  pauses: Pauses;
  attempts: AttemptCounts;
  tallies: Tallies;
  spending: Spending;
  files: Pick<FileStore, 'get' | 'find' | 'look'>;
  /** Moves a request on, so that its citizen is told. */
  changeTicket: TicketParts['changeTicket'];
  routeTicket: TicketParts['routeTicket'];
  endHelp: TicketParts['endHelp'];
  forwardWays: TicketParts['forwardWays'];
  followers: Followers;
  subscriptions: SubscriptionRows;
  campaigns: Campaigns;
  pollAnswers: PollAnswers;
  campaignWaits: CampaignParts['campaignWaits'];
  smsPieces: CampaignParts['smsPieces'];
  piecesPerDay: number;
  incidents: IncidentParts['incidents'];
  /** Who draws the ground under the map; the town's own lines alone when absent. */
  mapTiles?: MapParts['mapTiles'];
  hookLetters: WebhookParts['hookLetters'];
  keyBook: KeyParts['keyBook'];
  persons: PersonParts['persons'];
  retentionPlan: RetentionParts['retentionPlan'];
  eliminations: RetentionParts['eliminations'];
  towns: Towns;
  /** The towns, and the rooms in which their agents train: for what is done to a conversation, never for what is listed or published. */
  rooms: Towns;
  /** The town's own directory, where there is one, and the secret that seals what its visitors carry. */
  directorySettings?: DirectorySettings;
  tokenSecret: string;
  publicUrl: () => string;
  mode: 'demo' | 'live';
  /** The password of the agents that a demo has. */
  demoPassword?: string;
  clientIp: (request: IncomingMessage) => string;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
}
