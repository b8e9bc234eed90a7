/**
 * The yardstick: the shortest echo bot that restify and botbuilder make, with MemoryStorage and
 * nothing written to disk. What Guichet costs beyond it is the price of losing nothing.
 */
import { ActivityTypes, BotAdapter, ConversationState, MemoryStorage, TurnContext } from 'botbuilder';
import restify from 'restify';

class EchoAdapter extends BotAdapter {
  async sendActivities(context: TurnContext, activities: object[]) {
    context.turnState.get('said').push(...activities);
    return activities.map(() => ({ id: '' }));
  }
  async updateActivity() {}
  async deleteActivity() {}
  async continueConversation() {}
  run(activity: object, said: object[], logic: (context: TurnContext) => Promise<void>) {
    const context = new TurnContext(this, activity);
    context.turnState.set('said', said);
    return this.runMiddleware(context, logic);
  }
}

const adapter = new EchoAdapter();
const state = new ConversationState(new MemoryStorage());
const turns = state.createProperty<number>('turns');
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
  const said: object[] = [];
  await adapter.run({ ...request.body, channelId: 'bench', type: ActivityTypes.Message }, said, async (context) => {
    await turns.set(context, (await turns.get(context, 0)) + 1);
    await context.sendActivity(`You said: ${context.activity.text}`);
    await state.saveChanges(context);
  });
  response.send(200, { activities: said });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`open http://127.0.0.1:${server.address().port}\n`));
