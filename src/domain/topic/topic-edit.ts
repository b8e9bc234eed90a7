/** What a clerk changes of a topic in the browser: only what is named here; all else of its file stays as it stands. */
import type { Localised } from '../language/localised';

export interface TopicEdit {
  /** Of a new topic; the kind of one that exists is never changed. */
  kind?: 'question';
  service?: string;
  title?: Localised;
  /** Whole lists, by language. */
  phrases?: Record<string, string[]>;
  answer?: Localised;
  /** Narrower answers: those named are changed or added, the others stay. */
  details?: Array<{ id: string; phrases: Record<string, string[]>; answer: Localised }>;
  verified?: { by?: string; on: string; until: string; source: string };
}

/** A topic as a clerk has it before them, half done or not: every text by its language, phrases one a line. */
export interface TopicFields {
  id: string;
  service: string;
  titles: Record<string, string>;
  phrases: Record<string, string>;
  answer: Record<string, string>;
  details: Array<{ id: string; phrases: Record<string, string>; answer: Record<string, string> }>;
  verified: { by: string; on: string; until: string; source: string };
}
