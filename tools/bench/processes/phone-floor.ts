/**
 * The durable floor of the phone: a signed webhook, a row before its 200; then the conversation, two lines, the letter and the end
 * of that row in one commit, before the reply is handed to the carrier by its SDK. No bot.
 */
import { join } from 'node:path';
import restify from 'restify';
import { validateRequest } from 'twilio';
import { openDatabase } from '../../../src/store';
import { insertNew } from '../../../src/store/insert-new';
import { AUTH_TOKEN, openTwilio } from './twilio-api';

async function main(): Promise<void> {
  const database = await openDatabase({ kind: 'sqlite', file: join(process.env.DATA_DIR ?? '.', 'floor.db') });
  const inbox = database.collection('inbox');
  const outbox = database.collection('outbox');
  const conversations = database.collection('conversations');
  const transcript = database.collection('transcript');
  const all = [inbox, outbox, conversations, transcript];
  await Promise.all(all.map((rows) => rows.index(['conversation'], { name: 'conversation' })));
  const twilio = openTwilio();
  const lines = new Map<string, number>();
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  const url = () => `http://127.0.0.1:${server.address().port}`;
  server.post('/hooks/twilio/message', async (request: restify.Request, response: restify.Response) => {
    const signature = String(request.headers['x-twilio-signature']);
    if (!validateRequest(AUTH_TOKEN, signature, `${url()}${request.url}`, request.body)) {
      response.send(403);
      return;
    }
    const { From: conversation, To: from, Body: text, MessageSid: id } = request.body;
    await inbox.insert({ _id: id, conversation, status: 'new', activity: { type: 'message', text } });
    response.writeHead(200, { 'Content-Type': 'text/xml' });
    response.end('<Response/>');
    const line = lines.get(conversation) ?? 0;
    lines.set(conversation, line + 2);
    const reply = { type: 'message', id: `${id}#1`, replyToId: id, text: `You said: ${text}` };
    await Promise.all([
      line === 0
        ? insertNew(conversations, { _id: conversation, conversation, version: 2 })
        : conversations.changeIf({ _id: conversation, version: line }, { $set: { version: line + 2 } }),
      transcript.insert({ _id: id, conversation, line: line + 1, activity: { type: 'message', text } }),
      transcript.insert({ _id: reply.id, conversation, line: line + 2, activity: reply }),
      outbox.insert({ _id: reply.id, conversation, status: 'sending', activity: reply }),
      inbox.changeIf({ _id: id, status: 'new' }, { $set: { status: 'done' } }),
    ]);
    const { sid } = await twilio.messages.create({ to: conversation, from, body: reply.text });
    await outbox.changeIf({ _id: reply.id, status: 'sending' }, { $set: { status: 'sent', sid } });
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`open ${url()}\n`));
}

void main();
