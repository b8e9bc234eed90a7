/**
 * Trains away from the thread that serves citizens: phrases in by `workerData`, models out by
 * one message. A failed training is an error event there, and the former model keeps serving.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type DangerLesson, teachDanger } from './danger/teach-danger';
import { type LanguageLesson, teachLanguages } from './language/teach-languages';
import type { Task } from './learning/in-thread';
import { type Training, train } from './topics/training';

const TEACHERS: Record<string, (lesson: never) => unknown> = {
  danger: ({ phrases, packs, clues }: DangerLesson) => teachDanger(phrases, packs, clues),
  languages: ({ phrases }: LanguageLesson) => teachLanguages(phrases),
  topics: ({ job, parts }: Training) => train(job, parts),
};

const { teacher, lesson } = workerData as Task;
parentPort?.postMessage(TEACHERS[teacher]!(lesson as never));
