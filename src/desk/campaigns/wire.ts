/** What the page of campaigns and its server say to each other: shapes only, as in `../wire.ts`. Times are milliseconds since 1970. */

/** `GET campaigns` */
export interface CampaignsView {
  languages: string[];
  themes: Array<{ id: string; name: string; people: number }>;
  sectors: Array<{ id: string; name: string }>;
  quietHours?: [from: string, to: string];
  campaigns: CampaignView[];
}

/** `POST campaigns/count` */
export interface CampaignDraft {
  title: string;
  /** By language: one for each of the town's. */
  texts: Record<string, string>;
  themes: string[];
  sectors: string[];
  isUrgent: boolean;
  /** A question instead of news; free words where there are no choices. */
  poll?: { choices?: Array<Record<string, string>>; closesAt: number };
}

export interface CampaignCount {
  people: number;
  byChannel: Array<{ channel: string; people: number }>;
  /** Said STOP: passed over. */
  skipped: number;
  /** Pieces of text messages, of all who get one. */
  pieces: number;
  /** In each language, of one text message. */
  piecesIn: Record<string, number>;
  cost: { amount: number; currency: string };
  /** Of the day's ceiling for the whole town; the rest leaves on later days. */
  left?: number;
}

/** `POST campaigns`: 409 `changed`, with the new count, when it is not for as many people as was said. */
export interface CampaignOrder extends CampaignDraft {
  /** Of the page: the same order twice is sent once. */
  key: string;
  people: number;
}

/** `GET campaigns/:id`, `POST campaigns`, `POST campaigns/:id/stop` */
export interface CampaignView {
  id: string;
  title: string;
  texts: Record<string, string>;
  themes: string[];
  sectors: string[];
  isUrgent: boolean;
  by: string;
  at: number;
  state: 'sending' | 'sent' | 'stopped';
  waits?: 'quiet-hours' | 'ceiling';
  people: number;
  handed: number;
  skipped: number;
  /** Of those that leave by a lane: text messages, WhatsApp, Teams. */
  letters: { sent: number; waiting: number; failed: number; cancelled: number };
  isResults?: true;
  poll?: PollView;
}

export interface PollView {
  closesAt: number;
  isClosed: boolean;
  answers: number;
  /** By choice; absent of free words. `GET campaigns/:id/answers.csv` has each. */
  choices?: Array<{ title: string; count: number }>;
  /** The first of them, with `GET campaigns/:id` alone. */
  words?: string[];
}
