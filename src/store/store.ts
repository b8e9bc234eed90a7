/** The repositories over one database: what the rest of the house keeps things in. */

import type { Database } from './collection';
import { upgrade } from './migrate';
import { type Alerts, createAlerts } from './rows/alerts';
import { type ApiKeys, createApiKeys } from './rows/api-keys';
import { type Conversations, createConversations } from './rows/conversations';
import { type Abuses, createAbuses } from './rows/desk/abuses';
import { type Agents, createAgents } from './rows/desk/agents';
import { type AttemptCounts, createAttemptCounts } from './rows/desk/attempts';
import { type Audit, createAudit } from './rows/desk/audit';
import { type Callbacks, createCallbacks } from './rows/desk/callbacks';
import { type Canned, createCanned } from './rows/desk/canned';
import { createDrafts, type Drafts } from './rows/desk/drafts';
import { createExercises, type Exercises } from './rows/desk/exercises';
import { createLeavingRows, type LeavingRows } from './rows/desk/leaving';
import { createPauses, type Pauses } from './rows/desk/pauses';
import { createPresences, type Presences } from './rows/desk/presence';
import { createRecordings, type Recordings } from './rows/desk/recordings';
import { createReports, type Reports } from './rows/desk/reports';
import { createSearch, type Search } from './rows/desk/search';
import { createSessions, type Sessions } from './rows/desk/sessions';
import { createTopicDrafts, type TopicDrafts } from './rows/desk/topic-drafts';
import { createEliminations, type Eliminations } from './rows/eliminations';
import { createFeed, type Feed } from './rows/feed';
import { createFollowers, type Followers } from './rows/followers';
import { createJobs, type Jobs } from './rows/jobs';
import { createLedger, type Ledger } from './rows/ledger';
import { type Campaigns, createCampaigns } from './rows/listening/campaigns';
import { createPollAnswers, type PollAnswers } from './rows/listening/poll-answers';
import { createSubscriptions, type SubscriptionRows } from './rows/listening/subscriptions';
import { createMail, type Mail } from './rows/mail';
import { createMisses, type Misses } from './rows/misses';
import { createPublications, type Publications } from './rows/publications';
import { createDataRequests, type DataRequests } from './rows/rights/data-requests';
import { createSpending, type Spending } from './rows/spending';
import { createTallies, type Tallies } from './rows/tallies';
import { createTickets, type Tickets } from './rows/tickets';
import { createTraces, type Traces } from './rows/traces';
import { createTranscript, type Transcript } from './rows/transcript';
import { upgrades } from './upgrades';

export interface Store {
  conversations: Conversations;
  mail: Mail;
  transcript: Transcript;
  tickets: Tickets;
  followers: Followers;
  subscriptions: SubscriptionRows;
  campaigns: Campaigns;
  pollAnswers: PollAnswers;
  traces: Traces;
  eliminations: Eliminations;
  dataRequests: DataRequests;
  ledger: Ledger;
  alerts: Alerts;
  spending: Spending;
  agents: Agents;
  sessions: Sessions;
  audit: Audit;
  apiKeys: ApiKeys;
  feed: Feed;
  presences: Presences;
  drafts: Drafts;
  abuses: Abuses;
  leaving: LeavingRows;
  exercises: Exercises;
  recordings: Recordings;
  topicDrafts: TopicDrafts;
  canned: Canned;
  search: Search;
  callbacks: Callbacks;
  jobs: Jobs;
  misses: Misses;
  publications: Publications;
  tallies: Tallies;
  reports: Reports;
  pauses: Pauses;
  attempts: AttemptCounts;
  /** Brings the rows up to this version's shape and declares every index. Throws SchemaTooNew, or StoreUnavailable: then again. */
  prepare(): Promise<void>;
  ping(): Promise<void>;
}

export function createStore(database: Database): Store {
  const conversations = createConversations(database);
  const mail = createMail(database);
  const transcript = createTranscript(database);
  const tickets = createTickets(database);
  const followers = createFollowers(database);
  const subscriptions = createSubscriptions(database);
  const campaigns = createCampaigns(database);
  const pollAnswers = createPollAnswers(database);
  const traces = createTraces(database);
  const eliminations = createEliminations(database);
  const dataRequests = createDataRequests(database);
  const ledger = createLedger(database);
  const alerts = createAlerts(database);
  const spending = createSpending(database);
  const agents = createAgents(database);
  const sessions = createSessions(database);
  const audit = createAudit(database);
  const apiKeys = createApiKeys(database);
  const feed = createFeed(database);
  const presences = createPresences(database);
  const drafts = createDrafts(database);
  const leaving = createLeavingRows(database);
  const exercises = createExercises(database);
  const recordings = createRecordings(database);
  const topicDrafts = createTopicDrafts(database);
  const abuses = createAbuses(database);
  const canned = createCanned(database);
  const search = createSearch(database);
  const callbacks = createCallbacks(database);
  const jobs = createJobs(database);
  const misses = createMisses(database);
  const publications = createPublications(database);
  const tallies = createTallies(database);
  const reports = createReports(database);
  const pauses = createPauses(database);
  const attempts = createAttemptCounts(database);
  return {
    conversations,
    mail,
    transcript,
    tickets,
    followers,
    subscriptions,
    campaigns,
    pollAnswers,
    traces,
    eliminations,
    dataRequests,
    ledger,
    alerts,
    spending,
    agents,
    sessions,
    audit,
    apiKeys,
    feed,
    presences,
    drafts,
    leaving,
    exercises,
    recordings,
    topicDrafts,
    abuses,
    canned,
    search,
    callbacks,
    jobs,
    misses,
    publications,
    tallies,
    reports,
    pauses,
    attempts,
    async prepare() {
      await upgrade(database, upgrades);
      const parts = [
        conversations,
        mail.inbox,
        mail.outbox,
        transcript,
        tickets,
        followers,
        subscriptions,
        campaigns,
        pollAnswers,
        traces,
        eliminations,
        dataRequests,
        ledger,
        alerts,
        agents,
        sessions,
        audit,
        apiKeys,
        presences,
        drafts,
        leaving,
        exercises,
        recordings,
        topicDrafts,
        abuses,
        canned,
        search,
        misses,
        publications,
        tallies,
        callbacks,
        reports,
        pauses,
        attempts,
      ];
      for (const part of parts) await part.prepare();
    },
    ping: () => database.ping(),
  };
}
