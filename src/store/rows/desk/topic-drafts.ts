/** Topics that a clerk has begun to change and not published, as rows: one for each clerk and topic, on any screen of theirs. */
import type { TopicFields } from '../../../domain/topic/topic-edit';
import type { Collection, Database } from '../../collection';
import { changeOrInsert } from '../../insert-new';

export interface TopicDraft {
  /** Of which text of the file it was made; empty for a topic that is new. */
  base: string;
  /** What stood in the fields then, and what stands there now. */
  before: TopicFields;
  fields: TopicFields;
}

interface TopicDraftRow extends TopicDraft {
  _id: string;
  agent: string;
  /** Milliseconds since 1970. */
  at: number;
  [field: string]: unknown;
}

export interface TopicDrafts {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  keep(agent: string, topic: string, draft: TopicDraft, now: number): Promise<void>;
  of(agent: string, topic: string): Promise<(TopicDraft & { at: number }) | null>;
  drop(agent: string, topic: string): Promise<void>;
}

/** As long as other drafts. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

export function createTopicDrafts(database: Database): TopicDrafts {
  const rows: Collection<TopicDraftRow> = database.collection('topic-drafts');
  const idOf = (agent: string, topic: string) => `${agent}:${topic}`;
  return {
    prepare: () => rows.index(['at'], { name: 'at' }),
    async keep(agent, topic, { base, before, fields }, at) {
      await rows.remove({ at: { $lt: at - KEPT_MS } });
      const kept = { base, before, fields, at };
      await changeOrInsert(rows, { _id: idOf(agent, topic), agent, ...kept }, { $set: kept });
    },
    async of(agent, topic) {
      const [row] = await rows.find({ _id: idOf(agent, topic) }, { limit: 1 });
      return row ? { base: row.base, before: row.before, fields: row.fields, at: row.at } : null;
    },
    async drop(agent, topic) {
      await rows.remove({ _id: idOf(agent, topic) });
    },
  };
}
