/** What the page of knowledge and its server say to each other under `/desk/api/knowledge/`: shapes only, as in `../wire.ts`. */
import type { TopicEdit, TopicFields } from '../../domain/topic/topic-edit';
import type { AgentName, ServiceName } from '../wire';

export type { TopicEdit, TopicFields };

/** Why a question stands in the list; `proposal`: an agent says that their answer could be the town's. */
export type WireMissReason = 'not-understood' | 'no-answer' | 'asked-again' | 'not-useful' | 'handed-over' | 'proposal';

/** `GET knowledge/misses`: `{items}`, the most asked first. `POST knowledge/misses/settle {ids}` answers `{settled}`. */
export interface MissCluster {
  /** Its rows, to settle them together. */
  ids: string[];
  /** The words that stand for all of them; empty when only the topic is known. */
  words: string;
  examples: string[];
  language: string;
  count: number;
  /** Different conversations. */
  people: number;
  lastAt: string;
  reasons: Partial<Record<WireMissReason, number>>;
  /** The topic that most of them were taken for, or the nearest of the town's. */
  topic?: { id: string; title: string };
  service?: ServiceName;
  proposals: Array<{ id: string; answer: string; by: AgentName; at: string }>;
}

/** `GET knowledge/topics`: `{items, mayAdd}`. */
export interface TopicRow {
  id: string;
  title: string;
  kind: string;
  service?: ServiceName;
  /** From another town's folder: changed there. */
  isBorrowed: boolean;
  mayChange: boolean;
  verified?: { by?: string; on: string; until: string; source: string };
  /** Days until the answer is no longer served; negative when it no longer is. */
  daysLeft?: number;
  /** In the last 90 days, by citizens. */
  used: number;
  useful: number;
  notUseful: number;
  /** Somebody says that the source has changed. */
  flag?: { by: AgentName; at: string; note: string };
}

export interface WireFault {
  line: number;
  severity: 'fault' | 'warning';
  code: string;
  message: string;
  fix: string;
  /** Of a text that a language lacks, or has too much of: the language. */
  language?: string;
  /** In another file than the topic's own. */
  file?: string;
}

/** `GET knowledge/topics/:id`: the topic as its file has it. */
export interface TopicDetail extends TopicRow {
  /** Handed back with a change. */
  base: string;
  languages: string[];
  titles: Record<string, string>;
  phrases: Record<string, string[]>;
  answer: Record<string, string>;
  details: Array<{ id: string; phrases: Record<string, string[]>; answer: Record<string, string> }>;
  /** The questions of its form, in the reader's language: read-only. */
  form: Array<{ id: string; kind: string; label: string; ask: string; isRequired: boolean }>;
  services: ServiceName[];
  history: Array<{ seq: number; at: string; by: AgentName; kind: 'edit' | 'undo'; isInForce: boolean }>;
  /** The file in the town's folder is another: the folder takes no writes. */
  isOnlyHere: boolean;
}

/** `POST knowledge/topics/:id/check {base, edit}`; the same of a topic that is new, with `base` empty. */
export interface DraftCheck {
  faults: WireFault[];
  /** Faults that keep it from being published. */
  isPublishable: boolean;
}

/** `POST knowledge/topics/:id/try {base, edit, question, language}`; 202 `{isLearning: true}` while it is being learnt: ask again. */
export interface DraftTrial {
  now: TrialAnswer;
  draft: TrialAnswer;
}

export interface TrialAnswer {
  zone: 'act' | 'offer' | 'none';
  topics: Array<{ id: string; title: string; confidence: number }>;
  /** The narrower answer it would be. */
  detail?: string;
  /** The words of the answer, where it would be answered at once. */
  text?: string;
}

/**
 * `PUT knowledge/topics/:id {base, edit}` publishes: 200 `{topic, isHeard}`; 409 `changed`; 422 `faults` with `faults`.
 * `POST knowledge/topics/:id/undo {base}` takes the last publication back. `POST knowledge/topics/:id/flag {note}`, `DELETE …/flag`.
 */
export interface Published {
  topic: TopicDetail | null;
  /** Citizens are answered by it already in this process; else within seconds. */
  isHeard: boolean;
}

/**
 * `GET knowledge/topics/:id/draft` (`new` for one that is not there yet), `PUT` the same `{base, before, fields}`, `DELETE`: what
 * this clerk has begun and not published.
 */
export interface KeptTopicDraft {
  draft: { base: string; before: TopicFields; fields: TopicFields; at: string } | null;
}

/** `POST conversations/:id/proposals {line, question}`: an agent's answer is proposed as the town's; 201. */
export interface Proposed {
  id: string;
}
