/** A program of the town's that takes web hooks, and checks them as anybody's would. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Posted {
  headers: Record<string, string>;
  body: string;
}

export type Receiver = Awaited<ReturnType<typeof openReceiver>>;

export async function openReceiver() {
  const posted: Posted[] = [];
  const answers: number[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      posted.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(answers.shift() ?? 204);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`,
    posted,
    /** What the next requests are answered with. */
    answerWith: (...statuses: number[]) => answers.push(...statuses),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
