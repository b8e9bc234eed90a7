/**
 * A connection to the carrier that stands idle is closed there sooner or later. Whoever writes to it in that very moment does not
 * know whether the message left and must look, for fifteen seconds: so it is let go of before.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSdk } from '../../src/channels/twilio/sdk';

test('an idle connection is let go of before the carrier closes it', async () => {
  const closed: string[] = [];
  const carrier = createServer((request, response) => {
    request.resume();
    response.writeHead(201, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ sid: 'SM1', status: 'queued' }));
  });
  carrier.keepAliveTimeout = 2000;
  carrier.on('connection', (socket) => {
    socket.once('end', () => closed.push('by us'));
    socket.once('close', () => closed.push('there'));
  });
  carrier.listen(0, '127.0.0.1');
  await once(carrier, 'listening');
  const { port } = carrier.address() as AddressInfo;
  const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'x', timeoutMs: 10_000 };
  const sdk = openSdk({ ...account, apiUrl: `http://127.0.0.1:${port}` });
  const [connection] = (await Promise.all([
    once(carrier, 'connection'),
    sdk.twilio.messages.create({ to: '+33639981234', from: '+33639981000', body: 'x' }),
  ]).then(([[socket]]) => [socket])) as [import('node:net').Socket];
  if (!connection.destroyed) await once(connection, 'close');
  expect(closed).toEqual(['by us', 'there']);
  sdk.close();
  carrier.close();
  await once(carrier, 'close');
});
