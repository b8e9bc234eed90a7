/** The training room: what can be played, what was played and what was to be seen of it; for the agent alone, unless they show it. */
import { z } from 'zod';
import { holds } from '../../domain/desk/agent';
import type { Exercise } from '../../domain/desk/training';
import type { Route } from '../../domain/http/route';
import type { Localised } from '../../domain/language/localised';
import { sentenceOf } from '../../domain/language/sentences';
import type { Town, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Exercises, Played } from '../../store/rows/desk/exercises';
import type { Recordings } from '../../store/rows/desk/recordings';
import { type Caller, type Frame, NOT_FOUND } from '../api/frame';
import { Id } from '../api/requests';
import type { ExerciseName, PlayedExercise, TrainingView } from '../wire';
import type { Player } from './player';

export interface TrainingParts {
  frame: Frame;
  exercises: Exercises;
  recordings: Pick<Recordings, 'of' | 'get'>;
  agents: Pick<Agents, 'get'>;
  player: Player;
  towns: Towns;
}

const Begin = z.strictObject({ exercise: Id });
const Shared = z.strictObject({ isShared: z.boolean() });

export function createTrainingRoutes({ frame, exercises, recordings, agents, player, towns }: TrainingParts): Route[] {
  const local = (text: Localised, town: Town, language: string) => text[language] ?? text[town.languages[0]] ?? '';

  const present = (played: Played, { agent, town }: Caller, by?: string): PlayedExercise => ({
    id: played.id,
    title: local(played.exercise.title, town, agent.settings.language),
    ...(by && { by }),
    startedAt: played.startedAt,
    isOver: played.state === 'over',
    facts: (played.facts ?? []).map((fact) =>
      fact.kind === 'ended' ? { ...fact, what: fact.what?.map((id) => endingNamed(id, town, agent.settings.language)) } : fact,
    ),
    isShared: played.isShared,
  });

  /** Handed on to a service, or closed with an outcome. */
  function endingNamed(id: string, town: Town, language: string): string {
    const service = town.services.find((one) => one.id === id);
    if (service) return local(service.name, town, language);
    return sentenceOf(towns, town.id, language, `desk.outcome.${id}`);
  }

  const named = ({ id, title, about, language }: Exercise, { agent, town }: Caller): ExerciseName => ({
    ...{ id, language },
    title: local(title, town, agent.settings.language),
    about: local(about, town, agent.settings.language),
  });

  /** What was really said once; without a charter nothing is played. */
  async function keptFor(caller: Caller): Promise<ExerciseName[]> {
    if (!caller.town.training) return [];
    return (await recordings.of(caller.town.id)).map(({ exercise, by, at }) => ({
      ...named(exercise, caller),
      kept: { by: by.name, at, mayRemove: holds(caller.agent, 'supervisor', exercise.service) },
    }));
  }

  async function toBegin({ town }: Caller, id: string): Promise<Exercise | undefined> {
    const written = town.training?.exercises.find((one) => one.id === id);
    const kept = written || !town.training ? null : await recordings.get(id);
    return written ?? (kept?.town === town.id ? kept.exercise : undefined);
  }

  async function sharedWith(caller: Caller): Promise<PlayedExercise[]> {
    if (!holds(caller.agent, 'supervisor')) return [];
    const shown = (await exercises.shared(caller.town.id)).filter(({ agent }) => agent !== caller.agent.id);
    return Promise.all(shown.map(async (one) => present(one, caller, (await agents.get(one.agent))?.name ?? one.agent)));
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/training',
      async handle({ caller }) {
        const { agent, town } = caller;
        const { language } = agent.settings;
        const { charter, exercises: toPlay = [] } = town.training ?? {};
        const body: TrainingView = {
          exercises: [...toPlay.map((exercise) => named(exercise, caller)), ...(await keptFor(caller))],
          charter: charter
            ? {
                points: charter.points.map((point) => local(point, town, language)),
                takenWithinMinutes: charter.takenWithinMinutes,
                answeredWithinMinutes: charter.answeredWithinMinutes,
              }
            : null,
          played: (await exercises.of(agent.id)).map((one) => present(one, caller)),
          shared: await sharedWith(caller),
        };
        return { status: 200, body };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/training/exercises',
      body: Begin,
      async handle({ caller, body }) {
        const exercise = await toBegin(caller, body.exercise);
        if (!exercise) return NOT_FOUND;
        return { status: 201, body: { conversation: await player.begin(caller, exercise) } };
      },
    }),
    frame.agents({
      method: 'put',
      path: '/desk/api/training/exercises/:id/shared',
      body: Shared,
      async handle({ caller, params, body }) {
        const played = await exercises.get(params.id ?? '');
        if (played?.agent !== caller.agent.id) return NOT_FOUND;
        await exercises.share(played.id, body.isShared);
        return { status: 204 };
      },
    }),
  ];
}
