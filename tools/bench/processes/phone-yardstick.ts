/**
 * The yardstick of the phone column: the shortest echo bot that restify, botbuilder and the twilio
 * package make. It checks the signature, answers by the SDK, keeps nothing, and forgets all when it ends.
 */
import { ActivityTypes, BotAdapter, ConversationState, MemoryStorage, TurnContext } from 'botbuilder';
import restify from 'restify';
import { validateRequest } from 'twilio';
import { AUTH_TOKEN, openTwilio } from './twilio-api';

const twilio = openTwilio();

class PhoneAdapter extends BotAdapter {
  async sendActivities(context: TurnContext, activities: Array<{ text?: string }>) {
    const { from, recipient } = context.activity;
    const sent = [];
    for (const { text } of activities)
      sent.push(await twilio.messages.create({ to: from.id, from: recipient.id, body: text ?? '' }));
    return sent.map(({ sid }) => ({ id: sid }));
  }
  async updateActivity() {}
  async deleteActivity() {}
  async continueConversation() {}
  run(activity: object, logic: (context: TurnContext) => Promise<void>) {
    return this.runMiddleware(new TurnContext(this, activity), logic);
  }
}

const adapter = new PhoneAdapter();
const state = new ConversationState(new MemoryStorage());
const turns = state.createProperty<number>('turns');
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/hooks/twilio/message', async (request: restify.Request, response: restify.Response) => {
  const url = `http://127.0.0.1:${server.address().port}${request.url}`;
  if (!validateRequest(AUTH_TOKEN, String(request.headers['x-twilio-signature']), url, request.body)) {
    response.send(403);
    return;
  }
  const { From, To, Body, MessageSid } = request.body;
  const activity = { type: ActivityTypes.Message, id: MessageSid, channelId: 'sms', text: Body };
  const parties = { from: { id: From }, recipient: { id: To }, conversation: { id: From } };
  await adapter.run({ ...activity, ...parties }, async (context) => {
    await turns.set(context, (await turns.get(context, 0)) + 1);
    await context.sendActivity(`You said: ${context.activity.text}`);
    await state.saveChanges(context);
  });
  response.writeHead(200, { 'Content-Type': 'text/xml' });
  response.end('<Response/>');
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`open http://127.0.0.1:${server.address().port}\n`));
