/** What the page of figures and its server say to each other: shapes only, as in `../wire.ts`. Durations are minutes of working time. */
import type { ServiceName } from '../wire';

/** `GET figures?from=&to=&channel=&service=` (dates; the last 30 days when nothing is said); `GET figures.csv?…&of=<table>` one table as a file. */
export interface Figures {
  from: string;
  to: string;
  channels: string[];
  services: ServiceName[];
  totals: {
    contacts: number;
    confirmed: number;
    handedOver: number;
    /** Neither passed on nor confirmed: nobody knows whether it helped. */
    unknown: number;
    afterHours: number;
    requests: number;
    reopened: number;
    left: number;
  };
  firstResponse: Duration;
  handling: Duration;
  promises: { told: number; kept: number };
  satisfaction: { n: number; yes: number };
  cost: Cost;
  byDay: Array<{ day: string; contacts: number; confirmed: number; handedOver: number; unknown: number }>;
  byHour: Array<{ hour: number; contacts: number }>;
  byChannel: Array<{ channel: string } & Counts>;
  byService: Array<{ service: ServiceName; median?: number; satisfied: number; answered: number } & Counts>;
  byTopic: Array<{ topic: string; title: string; times: number; requests: number; useful: number; notUseful: number }>;
}

export interface Counts {
  contacts: number;
  confirmed: number;
  handedOver: number;
  afterHours: number;
}

export interface Duration {
  n: number;
  median?: number;
  /** Nine of ten were no longer. */
  most?: number;
}

export interface Cost {
  currency: string;
  /** What a contact costs, as `town.yml` has it. */
  perContact: { desk: number; online: number };
  /** Text messages: pieces sent, and what one costs. */
  pieces: number;
  perPiece: number;
  total: number;
  each?: number;
  /** What it would have cost had every contact come to the desk. */
  atDesk: number;
  /** Only contacts that are known to have been served by the bot, less the text messages. */
  saved: number;
}

export type Table = 'days' | 'hours' | 'channels' | 'services' | 'topics';
