/** What the mailroom is made from: the store's repositories, the bot, the channels and couriers, and a clock. */
import type { Conversation } from '../domain/conversation';
import type { Bot, Decide } from '../domain/decision';
import type { Outlook } from '../domain/desk/queue';
import type { Courier } from '../domain/message/courier';
import type { CitizenChannel } from '../domain/message/letter';
import type { Town } from '../domain/town';
import type { Alerts } from '../store/rows/alerts';
import type { Conversations } from '../store/rows/conversations';
import type { Abuses } from '../store/rows/desk/abuses';
import type { Callbacks } from '../store/rows/desk/callbacks';
import type { Followers } from '../store/rows/followers';
import type { Jobs } from '../store/rows/jobs';
import type { Ledger } from '../store/rows/ledger';
import type { Campaigns } from '../store/rows/listening/campaigns';
import type { PollAnswers } from '../store/rows/listening/poll-answers';
import type { SubscriptionRows } from '../store/rows/listening/subscriptions';
import type { Mail } from '../store/rows/mail';
import type { Misses } from '../store/rows/misses';
import type { DataRequests } from '../store/rows/rights/data-requests';
import type { Spending } from '../store/rows/spending';
import type { Tallies } from '../store/rows/tallies';
import type { Tickets } from '../store/rows/tickets';
import type { Transcript } from '../store/rows/transcript';
import type { AlertLetters } from './events/alert-letters';
import type { PollResults } from './events/poll-results';

export const SECOND = 1000;

export interface PaidLimits {
  /** Answers to one number. */
  answersPerHour: number;
  answersPerDay: number;
  /** What a town may send in a day (UTC). */
  piecesPerDay: number;
  /** Faster than anybody types or speaks. */
  charactersPerSecond: number;
}

export interface MailroomParts {
  conversations: Conversations;
  mail: Mail;
  transcript: Transcript;
  tickets: Tickets;
  followers: Followers;
  subscriptions: SubscriptionRows;
  campaigns: Campaigns;
  pollAnswers: PollAnswers;
  ledger: Ledger;
  alerts: Alerts;
  spending: Spending;
  misses: Misses;
  tallies: Tallies;
  jobs: Jobs;
  bot: Bot;
  /** Decides what agents ask for; without it nobody does, and what they ask for is put aside as failed. */
  desk?: Decide;
  /** What citizens write by; a channel that needs nothing of the mailroom may be left out. */
  channels?: CitizenChannel[];
  /** Who delivers, one a lane; what is said on a channel without one is fetched from the transcript. */
  couriers: Courier[];
  clock: () => Date;
  /** What the people whom a town names are sent about an alert of danger; nobody without it. */
  alertLetters?: AlertLetters;
  /** How long an answer of a person waits on the page before it also goes to the phone or e-mail noted there (milliseconds); never when 0 or absent. */
  unreadAfterMs?: number;
  /** Where each message costs money; none when absent. */
  limits?: PaidLimits;
  /** Where a photo for a request can be sent from a phone's browser, for a day from `now`; null where there is no such place. */
  photoLink?: (town: string, reference: string, now: Date) => string | null;
  /** Where anybody who has the link sees the state of a request; null where there is no such place. */
  statusLink?: (town: string, reference: string) => string | null;
  /** What proves a contact, and opens a copy of one's own data, made from the id of the message that asks; nobody proves anything without it. */
  ownData?: { digits(id: string): string; link(id: string): { url: string; key: string } | null };
  dataRequests: DataRequests;
  /** What can be told to somebody who wants a person of a service; nobody answers there without it. */
  outlook?: (conversation: Pick<Conversation, 'id' | 'town'>, service: string, now: Date) => Promise<Outlook | null>;
  callbacks: Callbacks;
  abuses: Pick<Abuses, 'write'>;
  /** When citizens can be called back; never without it. */
  callbackTimes?: {
    free(town: string, service: string, now: Date): Promise<string[]>;
    hold(town: string, service: string, at: string, by: string, now: Date): Promise<boolean>;
  };
  /** Event names and counts only: never what was written, nor by whom. */
  log: (level: 'info' | 'warn' | 'error', event: string, fields?: Record<string, unknown>) => void;
  /** A change that people at the town hall look at is saved and carried out. Must not throw and must not wait. */
  onChanged?: (conversation: Conversation) => void;
  /** What became of words of a person of the town hall on their way is known, in a conversation. Must not throw and must not wait. */
  onDelivery?: (town: string, conversation: string) => void;
  /** An alert of danger changed by itself, in a conversation. Must not throw and must not wait. */
  onAlert?: (town: string, conversation: string) => void;
  /** The towns whose alerts go on to others when nobody takes them. */
  towns?: Town[];
  /** What those who answered a poll are told of its results; nobody is told without it. */
  pollResults?: PollResults;
  /** Which rule took a citizen's message, once that is on disk: 'topic', 'form', 'clarify' (not understood)… */
  onTurn?: (town: string, rule: string) => void;
  /** Called at each named step: a chaos test kills the process in it, a story knows by it that nothing more is to come. */
  onStep?: (step: string) => void;
  /** How long a process may take to send one message before another asks what became of it. */
  sendLeaseMs?: number;
  /** How often other processes' unfinished work is looked for. */
  sweepMs?: number;
}
