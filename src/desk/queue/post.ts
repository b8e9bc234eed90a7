/** What the house asks of a conversation, written into its inbox under an id derived from what happened: asked once, by whoever sees it. */
import { createHash } from 'node:crypto';
import type { Conversation } from '../../domain/conversation';
import type { Receive } from '../../domain/message/letter';
import { actionActivity, HOUSE, type HouseAction } from './action';

export interface Post {
  /** `happened`: what it is about, so that the same is asked once. */
  ask(conversation: Conversation, action: HouseAction, happened: string): Promise<'new' | 'known'>;
}

/** Id of the inbox row by which an action was asked. */
export function rowIdOf(conversation: string, kind: HouseAction['kind'], happened: string): string {
  return `desk:${HOUSE}:${createHash('sha256').update(`${conversation}|${kind}|${happened}`).digest('hex').slice(0, 32)}`;
}

export function createPost(receive: Receive, clock: () => Date): Post {
  return {
    ask({ id, town, channel, address }, action, happened) {
      const activity = actionActivity(action, { id: HOUSE }, clock().toISOString());
      return receive({ id: rowIdOf(id, action.kind, happened), town, channel, conversation: id, address, activity });
    },
  };
}
