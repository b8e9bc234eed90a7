/** What one visitor's uploads may hold of what all share: memory while they arrive, and the one drawing line after. */
import { createServer, request as post } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFairLine } from '../../src/channels/fair-line';
import { createReceiving } from '../../src/channels/web/files/receiving';
import { USUAL_LIMITS } from '../../src/channels/web/parts';

const KB = 1024;
const closing: Array<() => void> = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Receiving behind a real server; a header says whose address it is. */
async function open(limits: Partial<typeof USUAL_LIMITS>) {
  const receiving = createReceiving({ ...USUAL_LIMITS, ...limits });
  const server = createServer(async (request, response) => {
    const outcome = await receiving.receive(request, String(request.headers.from), (sent) => sent);
    response.end('refused' in outcome ? outcome.code : `${outcome.files[0]!.bytes.length}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;

  /** Sends so many bytes of an upload that says it has `length`; what is answered comes later. */
  return (from: string, bytes: number, length = bytes) => {
    const sending = post({ host: '127.0.0.1', port, method: 'POST', headers: { from, 'content-length': length } });
    const answered = new Promise<string>((resolve) => {
      sending.on('response', (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => resolve(text));
      });
      sending.on('error', () => resolve('cut'));
    });
    const written = new Promise<void>((resolve) => sending.write(Buffer.alloc(bytes), () => resolve()));
    closing.push(() => sending.destroy());
    return { answered, written };
  };
}

test('three half-sent uploads of one visitor give way to the photo of another', async () => {
  const send = await open({ uploadBytes: 96 * KB });
  const held = [1, 2, 3].map(() => send('eve', 31 * KB, 200 * KB));
  await Promise.all(held.map(({ written }) => written));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await send('ana', 20 * KB).answered).toBe(String(20 * KB));
  expect(await Promise.race(held.map(({ answered }) => answered))).toBe('Busy');
});

test('whoever holds most does not push out those who hold less', async () => {
  const send = await open({ uploadBytes: 96 * KB });
  const ana = send('ana', 30 * KB, 60 * KB);
  await ana.written;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await send('eve', 90 * KB).answered).toBe('Busy');
  expect(await Promise.race([ana.answered, new Promise((resolve) => setTimeout(resolve, 300, 'still arriving'))])).toBe(
    'still arriving',
  );
});

test('an upload that stands still is let go', async () => {
  const send = await open({ uploadPace: { bytes: KB, everyMs: 1000 } });
  expect(await send('eve', 30 * KB, 60 * KB).answered).toBe('TooSlow');
});

test('twenty large photos of one visitor keep another waiting for the one in hand, and no longer', async () => {
  let now = 0;
  const inTurn = createFairLine(() => now);
  const drawn: string[] = [];
  const draw = (caller: string, ms: number) =>
    inTurn(caller, async () => {
      now += ms;
      drawn.push(caller);
    });
  const all = Array.from({ length: 20 }, () => draw('eve', 1000));
  await Promise.resolve();
  all.push(draw('ana', 100), draw('ben', 100), draw('ana', 100));
  await Promise.all(all);
  expect(drawn.slice(0, 4)).toEqual(['eve', 'ana', 'ben', 'ana']);
  expect(drawn).toHaveLength(23);
  // A minute later what was drawn before counts half; who has waited is not punished for long.
  now += 600_000;
  await Promise.all([draw('ana', 100), draw('eve', 100)]);
  expect(drawn.slice(-2).sort()).toEqual(['ana', 'eve']);
});

test('a drawing that fails is told to whoever asked, and the next ones are drawn', async () => {
  const inTurn = createFairLine();
  const failed = inTurn('ana', () => Promise.reject(new Error('damaged')));
  expect(await Promise.allSettled([failed, inTurn('ben', async () => 'drawn')])).toMatchObject([
    { status: 'rejected' },
    { status: 'fulfilled', value: 'drawn' },
  ]);
});
