/**
 * The durable floor: what a message costs where nothing is understood and nothing may be lost. The same front (restify,
 * JSON, a signed token, a stream) and the same embedded store, whose writes of one moment share a transaction: the message
 * as a row before its 200; then the conversation, two lines and the end of that row before the reply. No bot.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import jwt from 'jsonwebtoken';
import restify from 'restify';
import { type WebSocket, WebSocketServer } from 'ws';
import { openDatabase } from '../../../src/store';

const SECRET = randomUUID();

interface Said extends restify.Request {
  headers: { authorization?: string };
}

async function main(): Promise<void> {
  const database = await openDatabase({ kind: 'sqlite', file: join(process.env.DATA_DIR ?? '.', 'floor.db') });
  const inbox = database.collection('inbox');
  const conversations = database.collection('conversations');
  const transcript = database.collection('transcript');
  await Promise.all([inbox, conversations, transcript].map((rows) => rows.index(['conversation'], { name: 'conversation' })));
  const streams = new Map<string, WebSocket>();
  const lines = new Map<string, number>();
  const send = (conversation: string, activity: object) =>
    streams.get(conversation)?.send(JSON.stringify({ activities: [{ ...activity, from: { id: 'bot', role: 'bot' } }] }));
  const conversationOf = ({ headers: { authorization = '' } }: Said): string =>
    (jwt.verify(authorization.replace(/^Bearer /, ''), SECRET) as { conversation: string }).conversation;

  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  const url = () => `127.0.0.1:${server.address().port}`;
  server.post('/widget/:town/token', async (_: restify.Request, response: restify.Response) => {
    const conversation = randomUUID();
    await conversations.insert({ _id: conversation, conversation, version: 0 });
    response.send(200, { conversationId: conversation, token: jwt.sign({ conversation }, SECRET) });
  });
  server.post('/v3/directline/conversations', async (request: Said, response: restify.Response) => {
    response.send(201, { streamUrl: `ws://${url()}/stream?${conversationOf(request)}` });
  });
  server.post('/v3/directline/conversations/:id/activities', async (request: Said, response: restify.Response) => {
    const conversation = conversationOf(request);
    const id = randomUUID();
    const { text } = request.body;
    await inbox.insert({ _id: id, conversation, status: 'new', activity: { type: 'message', text } });
    response.send(200, { id });
    const line = (lines.get(conversation) ?? 0) + 2;
    lines.set(conversation, line);
    const reply = { type: 'message', id: `${id}#1`, replyToId: id, text: `You said: ${text}` };
    await Promise.all([
      conversations.changeIf({ _id: conversation, version: line - 2 }, { $set: { version: line } }),
      transcript.insert({ _id: id, conversation, line: line - 1, activity: { type: 'message', text } }),
      transcript.insert({ _id: reply.id, conversation, line, activity: reply }),
      inbox.changeIf({ _id: id, status: 'new' }, { $set: { status: 'done' } }),
    ]);
    send(conversation, reply);
  });
  new WebSocketServer({ server: server.server, path: '/stream' }).on('connection', (socket, request) => {
    const conversation = (request.url ?? '').split('?')[1] ?? '';
    streams.set(conversation, socket);
    send(conversation, { type: 'message', text: 'Hello' });
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`open http://${url()}\n`));
}

void main();
