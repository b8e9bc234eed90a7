/**
 * The thread that holds the database file: waiting for the disk holds nobody up here. Work comes in
 * bundles and goes back in bundles, so that a crowd of citizens costs few crossings.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from './thread';
import { openWork, type Work } from './work';

const work = openWork(workerData as string);
let answers: unknown[] = [];

function answer(given: unknown): void {
  // What was read leaves before the writes that came with it are waited for: a commit holds this thread.
  if (answers.length === 0) process.nextTick(send);
  answers.push(given);
}

function send(): void {
  parentPort?.postMessage(answers);
  answers = [];
}

parentPort?.on('message', (asked: Array<[id: number, work: Work]>) => {
  for (const [id, one] of asked) {
    work(one).then(
      (value) => answer([id, value]),
      (error) => answer([id, null, errorText(error)]),
    );
  }
});
parentPort?.postMessage('open');
