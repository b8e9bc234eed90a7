/** Servers of other authorities that speak Open311, each with a way of its own. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

async function listening(server: Server) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A server that takes a request and hangs up before it says so; asked afterwards, it tells of what it took. */
export async function openDoubtful() {
  const taken: URLSearchParams[] = [];
  let tells = true;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      if (request.method === 'POST') {
        taken.push(new URLSearchParams(body));
        return request.socket.destroy();
      }
      const told = taken.map((form, n) => ({
        service_request_id: n + 100,
        status: 'open',
        description: form.get('description'),
      }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(tells ? told : []));
    });
  });
  return {
    ...(await listening(server)),
    taken,
    keepsSilent: () => {
      tells = false;
    },
  };
}

/** A server that promises a reference, and has it when it is asked for the second time. */
export async function openSlow() {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    request.resume();
    const path = (request.url ?? '').split('?')[0]!;
    asked.push(`${request.method} ${path}`);
    const times = asked.filter((one) => one === 'GET /tokens/promise-1.json').length;
    const known = [{ service_request_id: 'S-9', token: 'promise-1' }];
    const answers: Record<string, object[]> = {
      '/requests.json':
        request.method === 'POST'
          ? [{ token: 'promise-1' }]
          : [{ service_request_id: 'S-9', status: 'closed', status_notes: 'Rebouché' }],
      '/tokens/promise-1.json': times > 1 ? known : [{ token: 'promise-1' }],
    };
    response.writeHead(answers[path] ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answers[path] ?? []));
  });
  return {
    ...(await listening(server)),
    asked,
  };
}

/** An authority's server: under one idempotency key a request is made once. */
export async function openAuthority() {
  const posts: Array<{ key: string; form: URLSearchParams }> = [];
  const keys = () => [...new Set(posts.map(({ key }) => key))];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const key = String(request.headers['idempotency-key']);
      if (request.method === 'POST') posts.push({ key, form: new URLSearchParams(body) });
      const told = posts.map((one) => ({
        service_request_id: keys().indexOf(one.key) + 100,
        status: 'open',
        description: one.form.get('description'),
      }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(request.method === 'POST' ? told.slice(-1) : told));
    });
  });
  return {
    ...(await listening(server)),
    posts,
  };
}
