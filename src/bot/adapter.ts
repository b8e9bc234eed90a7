/**
 * A turn runs inside a botbuilder TurnContext: middleware, activities and `sendActivity` are the
 * SDK's own. Nothing is sent from here; what is said is collected and becomes part of the decision.
 */
import {
  ActivityTypes,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  type Activity as SdkActivity,
  TurnContext,
} from 'botbuilder';
import type { Conversation } from '../domain/conversation';
import type { Activity } from '../domain/message/activity';

const SAID = Symbol('said');

class CollectingAdapter extends BotAdapter {
  async sendActivities(context: TurnContext, activities: Partial<SdkActivity>[]): Promise<ResourceResponse[]> {
    const said: Activity[] = context.turnState.get(SAID);
    for (const activity of activities) said.push(activity as Activity);
    return activities.map((_activity, n) => ({ id: String(said.length - activities.length + n) }));
  }

  async updateActivity(): Promise<never> {
    throw new Error('A turn cannot change what was said before it');
  }

  async deleteActivity(): Promise<never> {
    throw new Error('A turn cannot take back what was said before it');
  }

  async continueConversation(_reference: Partial<ConversationReference>): Promise<never> {
    throw new Error('Conversations are continued by the mailroom');
  }

  run(
    activity: Activity,
    conversation: Conversation,
    said: Activity[],
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const context = new TurnContext(this, {
      ...(activity as Partial<SdkActivity>),
      channelId: conversation.channel,
      serviceUrl: `urn:guichet:${conversation.channel}`,
      conversation: { id: conversation.id, isGroup: false, conversationType: 'personal', name: '' },
      from: { id: conversation.address, name: '' },
      recipient: { id: conversation.town, name: '' },
    });
    context.turnState.set(SAID, said);
    return this.runMiddleware(context, logic);
  }
}

export interface TurnRunner {
  /** Runs the logic in a TurnContext of this activity; what it sent, in order. */
  run(
    activity: Activity,
    conversation: Conversation,
    logic: (say: (activity: Activity) => Promise<void>) => Promise<void>,
  ): Promise<Activity[]>;
}

export function createTurnRunner(): TurnRunner {
  const adapter = new CollectingAdapter();
  return {
    async run(activity, conversation, logic) {
      const said: Activity[] = [];
      await adapter.run(activity, conversation, said, (context) =>
        logic(async (message) => {
          await context.sendActivity({ ...(message as Partial<SdkActivity>), type: message.type ?? ActivityTypes.Message });
        }),
      );
      return said;
    },
  };
}
