/**
 * The folder `training/` of a town: conversations for agents to play, one a file, and in `charter.yml` what the town promises
 * to those who write.
 */
import { z } from 'zod';
import type { Charter, Exercise, Training } from '../../domain/desk/training';
import type { Fault } from '../fault';
import { identifier, localised, text, wordLists } from '../read/fields';
import type { TownFiles } from '../read/read-folder';
import { fitTo, readYaml, type Source } from '../yaml/yaml-source';

const exercise = z.strictObject({
  title: localised,
  about: localised,
  language: text,
  service: identifier,
  opening: z.array(text).min(1).max(10),
  turns: z.array(text).max(20).default([]),
  outcomes: z.array(z.enum(['answered', 'request', 'redirected', 'unanswered', 'left', 'unwanted'])).default([]),
  transfer: identifier.optional(),
  mentions: z.array(text).optional(),
  personal: z.array(text).optional(),
});

const charter = z.strictObject({
  taken_within_minutes: z.number().int().min(1).max(120),
  answered_within_minutes: z.number().int().min(1).max(120),
  points: z.array(localised).min(1),
  greetings: wordLists,
});

export interface ReadTraining {
  /** Undefined where the town has no such folder, or its charter cannot be read. */
  training?: Training;
  /** Of each exercise that was understood. */
  sources: Map<string, Source>;
  charter: Source | null;
  faults: Fault[];
}

const PATH = /^training\/([a-z0-9][a-z0-9-]*)\.yml$/;
const CHARTER = 'training/charter.yml';

export const isTrainingPath = (path: string) => PATH.test(path);

export function readTraining(files: TownFiles): ReadTraining {
  const sources = new Map<string, Source>();
  const faults: Fault[] = [];
  const exercises: Exercise[] = [];
  let promised: Charter | undefined;
  let charterSource: Source | null = null;
  for (const [path, written] of files.texts) {
    const [, id = ''] = PATH.exec(path) ?? [];
    if (!id) continue;
    const { source, faults: unread } = readYaml(files.nameOf(path), written);
    faults.push(...unread);
    if (!source) continue;
    if (path === CHARTER) {
      charterSource = source;
      const { value, faults: misfits } = fitTo(charter, source);
      faults.push(...misfits);
      if (value)
        promised = {
          takenWithinMinutes: value.taken_within_minutes,
          answeredWithinMinutes: value.answered_within_minutes,
          points: value.points,
          greetings: value.greetings,
        };
    } else {
      const { value, faults: misfits } = fitTo(exercise, source);
      faults.push(...misfits);
      if (!value) continue;
      exercises.push({ id, ...value });
      sources.set(id, source);
    }
  }
  if (exercises.length > 0 && !charterSource)
    faults.push({
      file: files.nameOf(CHARTER),
      line: 1,
      severity: 'fault',
      code: 'missing-file',
      message: 'There are conversations to train with, and nothing says what the town promises.',
      fix: 'Copy training/charter.yml from another town.',
    });
  return { ...(promised && { training: { charter: promised, exercises } }), sources, charter: charterSource, faults };
}
