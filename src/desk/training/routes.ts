/** The training room: what can be played, what was played and what was to be seen of it; for the agent alone, unless they show it. */
import { z } from 'zod';
import { holds } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import type { Localised } from '../../domain/language/localised';
import { sentenceOf, type Town, type Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Exercises, Played } from '../../store/rows/desk/exercises';
import { type Caller, type Frame, NOT_FOUND } from '../api/frame';
import { Id } from '../api/requests';
import type { PlayedExercise, TrainingView } from '../wire';
import type { Player } from './player';

export interface TrainingParts {
  frame: Frame;
  exercises: Exercises;
  agents: Pick<Agents, 'get'>;
  player: Player;
  towns: Towns;
}

const Begin = z.strictObject({ exercise: Id });
const Shared = z.strictObject({ isShared: z.boolean() });

export function createTrainingRoutes({ frame, exercises, agents, player, towns }: TrainingParts): Route[] {
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
          exercises: toPlay.map(({ id, title, about, language: spoken }) => ({
            ...{ id, language: spoken },
            title: local(title, town, language),
            about: local(about, town, language),
          })),
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
        const exercise = caller.town.training?.exercises.find(({ id }) => id === body.exercise);
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
