/** The one-stop desk: visits, calls and letters, read while they are typed. */
import type { ServiceName } from './names';
import type { TicketRow } from './requests';

/** `GET /desk/api/topics` `{items}`: all that citizens come for. */
export interface TopicName {
  id: string;
  kind: 'report' | 'question' | 'elsewhere';
  title: string;
  service?: ServiceName;
}

/**
 * `POST /desk/api/contacts/reading {way, language, words, topic?, service?, name?, reach?, answers}`: how a contact is read
 * while it is typed. Nothing is kept. `answers` are as typed, by field.
 */
export interface ContactReading {
  heard: Array<{ topic: string; title: string; confidence: number }>;
  topic?: string;
  fields: Array<{
    id: string;
    kind: 'text' | 'choice' | 'yes-no' | 'number' | 'date' | 'place' | 'file' | 'contact';
    label: string;
    /** The question, to be put to the citizen in their language. */
    ask: string;
    isRequired: boolean;
    isMissing: boolean;
    choices?: Array<{ id: string; label: string }>;
    /** What was understood. */
    read?: string;
    refused?: string;
  }>;
  /** The town's answer, of a topic that is a question. */
  answer?: string;
  /** The phone or e-mail that was read, as people write it. */
  reach?: string;
  reachRefused?: string;
  /** Requests of the same phone or e-mail, newest first, and how many there are in all. */
  others: TicketRow[];
  othersTotal: number;
}

/**
 * `POST /desk/api/contacts {actionId, text?, …as above}`, 201; the same `actionId` opens it once. `text`: its reference is
 * sent to the phone that was noted. 422 `incomplete` with `reading`; 503 `late`: kept, ask again.
 */
export interface ContactReceipt {
  /** Where the agent may read it. */
  conversation?: string;
  /** None of a question that was answered. */
  ticket?: TicketRow & {
    authority: string;
    language: string;
    delayDays?: number;
    words: string;
    answers: Array<{ label: string; value: string }>;
    serviceName: string;
    /** How the service is reached. */
    reach: string[];
    hasPhone: boolean;
    mayOpen: boolean;
  };
  isSent: boolean;
}
