/** The tests live in a day of their own, in every kind of process, so that they pass on any day of the year. */
import { execFileSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';

const HOUR = 3600_000;
const shift = Number(process.env.TEST_CLOCK_SHIFT_MS);
const isNow = (said: number) => Math.abs(said - Date.now()) < HOUR;

test('here', () => {
  // The machine's own time, which nothing moves.
  const machine = performance.timeOrigin + performance.now();
  expect(Math.abs(Date.now() - machine - shift)).toBeLessThan(HOUR);
  expect(isNow(Date.parse(new Date().toISOString()))).toBe(true);
  expect(isNow(Date.parse(Date()))).toBe(true);
  expect(new Date('2027-03-29T11:00:00Z').toISOString()).toBe('2027-03-29T11:00:00.000Z');
  expect(new Date()).toBeInstanceOf(Date);
  expect(new Date().constructor).toBe(Date);
});

test('in a child process', () => {
  expect(isNow(Number(execFileSync(process.execPath, ['-p', 'new Date().getTime()'], { encoding: 'utf8' })))).toBe(true);
});

test('in a worker thread', async () => {
  const worker = new Worker("require('node:worker_threads').parentPort.postMessage(Date.now())", { eval: true });
  expect(isNow(await new Promise<number>((resolve) => worker.once('message', resolve)))).toBe(true);
  await worker.terminate();
});
