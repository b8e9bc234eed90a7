// Asking the server about knowledge: what was not understood, the topics, drafts of them.
import type {
  DraftCheck,
  DraftTrial,
  KeptTopicDraft,
  MissCluster,
  Proposed,
  Published,
  TopicDetail,
  TopicEdit,
  TopicFields,
  TopicRow,
} from '../../../../src/desk/knowledge/wire';
import { call } from '../../server/api';

const of = (id: string, rest = '') => `knowledge/topics/${encodeURIComponent(id)}${rest}`;

/** What a topic that is not there yet is kept under. */
const NEW = 'new';

export const knowledge = {
  misses: () => call<{ items: MissCluster[] }>('GET', 'knowledge/misses'),
  settle: (ids: string[]) => call<{ settled: number }>('POST', 'knowledge/misses/settle', { ids }),
  topics: () => call<{ items: TopicRow[] }>('GET', 'knowledge/topics'),
  topic: (id: string) => call<TopicDetail>('GET', of(id)),
  check: (id: string, base: string, edit: TopicEdit) => call<DraftCheck>('POST', of(id, '/check'), { base, edit }),
  trial: (id: string, base: string, edit: TopicEdit, question: string, language: string) =>
    call<DraftTrial | { isLearning: true }>('POST', of(id, '/try'), { base, edit, question, language }),
  publish: (id: string, base: string, edit: TopicEdit) => call<Published>('PUT', of(id), { base, edit }),
  kept: (id: string) => call<KeptTopicDraft>('GET', of(id || NEW, '/draft')),
  keep: (id: string, base: string, before: TopicFields, fields: TopicFields) =>
    call<void>('PUT', of(id || NEW, '/draft'), { base, before, fields }),
  drop: (id: string) => call<void>('DELETE', of(id || NEW, '/draft')),
  undo: (id: string, base: string) => call<Published>('POST', of(id, '/undo'), { base }),
  flag: (id: string, note: string) => call<void>('POST', of(id, '/flag'), { note }),
  propose: (conversation: string, line: number, question: string) =>
    call<Proposed>('POST', `conversations/${encodeURIComponent(conversation)}/proposals`, { line, question }),
  fileAddress: (id: string) => `/desk/api/${of(id, '/file')}`,
};

/** What somebody is about to add to a topic, from the list of what was not understood. */
export interface Begun {
  language: string;
  phrases: string[];
  answer?: string;
  /** Rows that are settled once it is published. */
  ids: string[];
}

let begun: Begun | undefined;

export function begin(what: Begun): void {
  begun = what;
}

/** Handed over once. */
export function takeBegun(): Begun | undefined {
  const taken = begun;
  begun = undefined;
  return taken;
}
