/**
 * Trains away from the thread that serves citizens: phrases in by `workerData`, models out by
 * one message. A failed training is an error event there, and the former model keeps serving.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type Training, train } from './training';

const { parts, job } = workerData as Training;
parentPort?.postMessage(train(job, parts));
