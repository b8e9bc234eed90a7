/** A topic that a clerk has begun to change: kept for them alone until it is published or given up, on any screen of theirs. */
import { holds } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import type { TopicDrafts } from '../../store/rows/desk/topic-drafts';
import { type Frame, NOT_FOUND } from '../api/frame';
import { KeptDraft, TopicId } from './requests';
import type { KeptTopicDraft } from './wire';

export interface TopicDraftParts {
  frame: Frame;
  topicDrafts: TopicDrafts;
  clock: () => Date;
}

const PATH = '/desk/api/knowledge/topics/:id/draft';

export function createTopicDraftRoutes({ frame, topicDrafts, clock }: TopicDraftParts): Route[] {
  const may = (agent: Parameters<typeof holds>[0]) => holds(agent, 'supervisor');
  /** Ids are one town's: so are its agents'. */
  const topicOf = (id: string | undefined) => TopicId.safeParse(id).data;
  return [
    frame.agents({
      method: 'get',
      path: PATH,
      may,
      async handle({ caller: { agent }, params }) {
        const topic = topicOf(params.id);
        if (!topic) return NOT_FOUND;
        const kept = await topicDrafts.of(agent.id, topic);
        const body: KeptTopicDraft = { draft: kept && { ...kept, at: new Date(kept.at).toISOString() } };
        return { status: 200, body };
      },
    }),
    frame.agents({
      method: 'put',
      path: PATH,
      body: KeptDraft,
      may,
      async handle({ caller: { agent }, params, body }) {
        const topic = topicOf(params.id);
        if (!topic) return NOT_FOUND;
        await topicDrafts.keep(agent.id, topic, body, clock().getTime());
        return { status: 204 };
      },
    }),
    frame.agents({
      method: 'del',
      path: PATH,
      may,
      async handle({ caller: { agent }, params }) {
        const topic = topicOf(params.id);
        if (!topic) return NOT_FOUND;
        await topicDrafts.drop(agent.id, topic);
        return { status: 204 };
      },
    }),
  ];
}
