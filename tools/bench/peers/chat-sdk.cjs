/** The Chat SDK with its adapter for Twilio: an echo, state in memory, messages of a thread in a queue. */
const http = require('node:http');

const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_API_URL: apiUrl, PORT = '0' } = process.env;

async function main() {
  const { Chat } = await import('chat');
  const { createMemoryState } = await import('@chat-adapter/state-memory');
  const { createTwilioAdapter } = await import('@chat-adapter/twilio');
  let url = '';
  const webhookUrl = () => `${url}/hooks/twilio/message`;
  const twilio = createTwilioAdapter({ accountSid, authToken, apiUrl, phoneNumber: '+33639981000', webhookUrl });
  const state = createMemoryState();
  // A queue a citizen. Left as it is, the adapter keeps one of ten messages for all who write to the same number, and of
  // those that wait only the last is answered.
  const bot = new Chat({
    userName: 'bench',
    adapters: { twilio },
    state,
    concurrency: 'queue',
    lockScope: 'thread',
    logger: 'silent',
  });
  bot.onDirectMessage(async (thread, message) => {
    await thread.post(`You said: ${message.text}`);
  });
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers } = request;
    // It has no page that says whether it is ready, and a Request takes no body with GET.
    if (method !== 'POST') return response.writeHead(404).end();
    const answer = await bot.webhooks.twilio(new Request(url + request.url, { method, headers, body: Buffer.concat(chunks) }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(Number(PORT), '127.0.0.1', () => {
    url = `http://127.0.0.1:${server.address().port}`;
    process.stdout.write(`open ${url}\n`);
  });
}

main();
