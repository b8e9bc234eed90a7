/** The durable peer: a webhook that adds a job to graphile-worker on PostgreSQL, and a worker that replies. A queue a phone, a job a message. */
const http = require('node:http');
const { makeWorkerUtils, run } = require('graphile-worker');
const { Pool } = require('pg');
const { validateRequest } = require('twilio');

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_URL, DATABASE_URL, PORT = '0' } = process.env;
const PATH = '/hooks/twilio/message';
const MESSAGES = `${TWILIO_API_URL}/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Messages.json`;
const authorization = `Basic ${Buffer.from(`${TWILIO_ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`).toString('base64')}`;

async function reply({ from, to, body }) {
  const form = new URLSearchParams({ To: from, From: to, Body: `You said: ${body}` });
  const answer = await fetch(MESSAGES, { method: 'POST', headers: { authorization }, body: form });
  if (!answer.ok) throw new Error(`The carrier answered ${answer.status}`);
}

async function main() {
  const pgPool = new Pool({ connectionString: DATABASE_URL, max: 20 });
  const utils = await makeWorkerUtils({ pgPool });
  await utils.migrate();
  const runner = await run({ pgPool, concurrency: 16, noHandleSignals: true, pollInterval: 1000, taskList: { reply } });
  process.on('SIGTERM', () => runner.stop().then(() => process.exit(0)));
  let url = '';
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
    if (!validateRequest(TWILIO_AUTH_TOKEN, String(request.headers['x-twilio-signature']), url + PATH, form)) {
      response.writeHead(403).end();
      return;
    }
    const { From: from, To: to, Body: body, MessageSid: jobKey } = form;
    await utils.addJob('reply', { from, to, body }, { jobKey, queueName: from });
    response.writeHead(200, { 'content-type': 'text/xml' }).end('<Response/>');
  });
  server.listen(Number(PORT), '127.0.0.1', () => {
    url = `http://127.0.0.1:${server.address().port}`;
    process.stdout.write(`open ${url}\n`);
  });
}

main();
