/**
 * Trains away from the thread that serves citizens: phrases in by `workerData`, models out by
 * one message. A failed training is an error event there, and the former model keeps serving.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PARTS, type Training } from './training';

const { part, job } = workerData as Training;
parentPort?.postMessage(PARTS[part](job));
