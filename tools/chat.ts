/**
 * `npm run chat`: the bot in a terminal, over Direct Line. A line in, the replies out, buttons as
 * numbers. With lines piped in it prints the dialogue and ends: for clerks, bug reports, scripts.
 */
import { createInterface } from 'node:readline';
import { runCommand, type Typed } from './run-command';

interface Reply {
  text?: string;
  from: { role?: string };
  suggestedActions?: { actions: Array<{ type: string; title: string; value: string }> };
}

const USAGE = `npm run chat     the bot in a terminal; --town bellerive, --url http://127.0.0.1:3978, --locale en
With lines piped in it prints the dialogue and ends.`;

const OPTIONS = {
  town: { type: 'string', default: 'bellerive' },
  url: { type: 'string', default: 'http://127.0.0.1:3978' },
  locale: { type: 'string' },
} as const;

/** Silence after which a turn is taken to be over. */
const QUIET_MS = 400;
const LIMIT_MS = 15_000;

async function main({ values }: Typed<typeof OPTIONS>): Promise<number> {
  const url = (values.url ?? '').replace(/\/+$/, '');
  const opened = await call(`${url}/widget/${values.town}/token`, { method: 'POST', headers: { origin: url } });
  const { conversationId, token } = (await opened.json()) as { conversationId: string; token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const conversation = `${url}/v3/directline/conversations`;
  await call(conversation, { method: 'POST', headers, body: JSON.stringify({ locale: values.locale }) });
  let watermark = '';
  let choices: Array<{ title: string; value: string }> = [];

  async function listen(): Promise<void> {
    const until = Date.now() + LIMIT_MS;
    let heardAt = 0;
    while (Date.now() < until && (heardAt === 0 || Date.now() - heardAt < QUIET_MS)) {
      const answer = await call(`${conversation}/${conversationId}/activities?watermark=${watermark}`, { headers });
      const set = (await answer.json()) as { activities: Reply[]; watermark: string };
      watermark = set.watermark;
      for (const reply of set.activities.filter(({ from }) => from.role === 'bot')) {
        heardAt = Date.now();
        // A number to call is no answer to choose, and stands in the text.
        choices = (reply.suggestedActions?.actions ?? []).filter(({ type }) => type !== 'call');
        process.stdout.write(`${indent(reply.text ?? '')}\n`);
        for (const [n, { title }] of choices.entries()) process.stdout.write(`    ${n + 1}. ${title}\n`);
      }
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  await listen();
  const isTerminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: isTerminal ? process.stdout : undefined, prompt: '> ' });
  if (isTerminal) lines.prompt();
  for await (const line of lines) {
    const text = choices[Number(line.trim()) - 1]?.value ?? line.trim();
    if (text !== '') {
      if (!isTerminal) process.stdout.write(`> ${text}\n`);
      await call(`${conversation}/${conversationId}/activities`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ type: 'message', text }),
      });
      await listen();
    }
    if (isTerminal) lines.prompt();
  }
  return 0;
}

const indent = (text: string) =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');

async function call(address: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer;
}

runCommand({
  usage: USAGE,
  options: OPTIONS,
  main: (typed) =>
    main(typed).catch((error: Error) => {
      const isClosed = (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED';
      throw isClosed ? new Error(`Nothing answers at ${typed.values.url}: start it first with npm start`) : error;
    }),
});
