/** The repositories over one database: what the rest of the house keeps things in. */

import type { Database } from './collection';
import { upgrade } from './migrate';
import { type Alerts, createAlerts } from './rows/alerts';
import { type Conversations, createConversations } from './rows/conversations';
import { createLedger, type Ledger } from './rows/ledger';
import { createMail, type Mail } from './rows/mail';
import { createSpending, type Spending } from './rows/spending';
import { createTickets, type Tickets } from './rows/tickets';
import { createTranscript, type Transcript } from './rows/transcript';
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
