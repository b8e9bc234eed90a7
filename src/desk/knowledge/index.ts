/** Knowledge: what was not understood becomes an answer. Routes of its page, and what is done by itself. */
import type { Route } from '../../domain/http/route';
import { createMissRoutes, forgetMisses, type MissParts } from './misses';
import { createPublishing, type PublishingParts } from './publishing';
import { createTopicDraftRoutes, type TopicDraftParts } from './topic-drafts';
import { createTopicRoutes, type TopicParts } from './topics';

export type { Drafting } from './publishing';

export type KnowledgeParts = Omit<TopicParts, 'publishing'> & MissParts & PublishingParts & TopicDraftParts;

const HOUR = 60 * 60 * 1000;

export interface Knowledge {
  routes: Route[];
  /** Takes over what other processes published; once an hour forgets what is old. */
  sweep(): Promise<void>;
  /** Resolves when what is being learnt is learnt. */
  close(): Promise<unknown>;
}

export function createKnowledge(parts: KnowledgeParts): Knowledge {
  const publishing = createPublishing(parts);
  let forgetAt = 0;
  return {
    routes: [...createTopicRoutes({ ...parts, publishing }), ...createMissRoutes(parts), ...createTopicDraftRoutes(parts)],
    async sweep() {
      await publishing.sweep();
      const now = parts.clock().getTime();
      if (now < forgetAt) return;
      forgetAt = now + HOUR;
      await forgetMisses(parts);
    },
    close: publishing.settled,
  };
}
