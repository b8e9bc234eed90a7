/** The repositories over one database: what the rest of the house keeps things in. */
import { type Alerts, createAlerts } from './alerts';
import type { Database } from './collection';
import { type Conversations, createConversations } from './conversations';
import { createLedger, type Ledger } from './ledger';
import { createMail, type Mail } from './mail';
import { upgrade } from './migrate';
import { createSpending, type Spending } from './spending';
import { createTickets, type Tickets } from './tickets';
import { createTranscript, type Transcript } from './transcript';
import { upgrades } from './upgrades';

export interface Store {
  conversations: Conversations;
  mail: Mail;
  transcript: Transcript;
  tickets: Tickets;
  ledger: Ledger;
  alerts: Alerts;
  spending: Spending;
  /** Brings the rows up to this version's shape and declares every index. Throws SchemaTooNew, or StoreUnavailable: then again. */
  prepare(): Promise<void>;
  ping(): Promise<void>;
}

export function createStore(database: Database): Store {
  const conversations = createConversations(database);
  const mail = createMail(database);
  const transcript = createTranscript(database);
  const tickets = createTickets(database);
  const ledger = createLedger(database);
  const alerts = createAlerts(database);
  const spending = createSpending(database);
  return {
    conversations,
    mail,
    transcript,
    tickets,
    ledger,
    alerts,
    spending,
    async prepare() {
      await upgrade(database, upgrades);
      for (const part of [conversations, mail.inbox, mail.outbox, transcript, tickets, ledger, alerts]) await part.prepare();
    },
    ping: () => database.ping(),
  };
}
