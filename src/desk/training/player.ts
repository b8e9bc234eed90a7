/**
 * Plays the citizen of an exercise: the opening when it is begun, then a line after each answer. What comes next is read from
 * the transcript, and each line has an id of its own, so that any process goes on where another stopped.
 */
import { randomUUID } from 'node:crypto';
import { type Charter, type Exercise, roomOf, traineeOf } from '../../domain/desk/training';
import type { Receive } from '../../domain/message/letter';
import type { Towns } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { Exercises, Played } from '../../store/rows/desk/exercises';
import type { Mail } from '../../store/rows/mail';
import type { Transcript } from '../../store/rows/transcript';
import type { Caller } from '../api/frame';
import { type ActionAnswer, type AgentAction, actionActivity, HOUSE, readAction } from '../queue/action';
import { createPost } from '../queue/post';
import { goOn } from '../queue/watch';
import { factsOf } from './facts';

export interface PlayerParts {
  agents: Agents;
  conversations: Conversations;
  transcript: Transcript;
  exercises: Exercises;
  mail: Pick<Mail, 'inbox'>;
  towns: Towns;
  receive: Receive;
  clock: () => Date;
}

const MOST_LINES = 200;
/** An exercise that nobody goes on with is over. */
const LONGEST_MS = 4 * 60 * 60_000;

export type Player = ReturnType<typeof createPlayer>;

export function createPlayer({ agents, conversations, transcript, exercises, mail, towns, receive, clock }: PlayerParts) {
  const post = createPost(receive, clock);

  /** Who the agent is in their room; made when they first come in, and as they like their desk by now. */
  async function enter({ agent }: Caller): Promise<void> {
    const { id: _, version: __, hash: ___, directory: ____, offering: _____, ...own } = agent;
    const trainee = {
      ...own,
      town: roomOf(agent.id),
      hash: null,
      roles: [{ role: 'agent' as const, services: 'all' as const }],
      status: 'available' as const,
      statusReason: undefined,
      slots: [],
      lastGivenAt: 0,
      missed: 0,
      createdAt: clock().toISOString(),
    };
    if (await agents.add(trainee, true)) return;
    const { name, email, languages, capacity, settings } = agent;
    await agents.change(traineeOf(agent.id), () => ({ name, email, languages, capacity, settings }));
  }

  const sends = (played: Pick<Played, 'id' | 'agent'>, key: string, activity: ReturnType<typeof actionActivity>) =>
    receive({
      id: `training:${played.id}:${key}`,
      town: roomOf(played.agent),
      channel: 'web',
      conversation: played.id,
      address: played.id,
      activity,
    });

  const says = (played: Pick<Played, 'id' | 'agent' | 'exercise'>, n: number, text: string) =>
    sends(played, `${n}`, {
      type: 'message',
      text,
      locale: played.exercise.language,
      timestamp: clock().toISOString(),
      from: { id: played.id, role: 'user' },
    });

  /** One step of an exercise: the citizen's next line when it is their turn, or its end. */
  async function step(played: Played, charter: Charter): Promise<void> {
    const conversation = (await conversations.find(played.id))?.conversation;
    if (!conversation) return;
    await goOn(conversation, post, clock());
    const { exercise, id } = played;
    const lines = (await transcript.withNotes(id, 0, MOST_LINES)).flatMap(({ from, at, activity: { text = '' } }) =>
      from === 'citizen' || from === 'agent' ? [{ from, at, text }] : [],
    );
    const all = [...exercise.opening, ...exercise.turns];
    const spoken = lines.filter(({ from }) => from === 'citizen').length;
    const answers = lines.filter(({ from }) => from === 'agent').length;
    const rows = await mail.inbox.lately(id, MOST_LINES);
    const done = rows.reverse().flatMap(({ activity, answer }) => {
      const action = readAction(activity);
      const isOwn = activity.from?.id === traineeOf(played.agent) && (answer as ActionAnswer | undefined)?.outcome === 'done';
      return action && isOwn ? [{ at: activity.timestamp ?? '', action: action as AgentAction }] : [];
    });
    const isHandedOn = done.some(({ action }) => action.kind === 'transfer');
    const isLate = clock().getTime() - Date.parse(played.startedAt) > LONGEST_MS;
    const isOver = isHandedOn || isLate || (conversation.holder === 'bot' && done.length > 0);
    // Their next line may be under way to the transcript; said again it is the same row.
    if (isOver) await exercises.end(id, factsOf({ exercise, charter, startedAt: played.startedAt, done, lines }));
    else if (conversation.holder === 'agent' && spoken < all.length && answers > spoken - exercise.opening.length)
      await says(played, spoken + 1, all[spoken] ?? '');
  }

  return {
    /** Begins an exercise in the agent's room; the id of its conversation. */
    async begin(caller: Caller, exercise: Exercise): Promise<string> {
      await enter(caller);
      const { agent, town } = caller;
      const now = clock();
      const id = `training-${randomUUID()}`;
      const played: Played = {
        ...{ id, town: town.id, agent: agent.id, exercise },
        ...{ startedAt: now.toISOString(), state: 'running', isShared: false },
      };
      await exercises.begin(played);
      const { service, language } = exercise;
      await sends(played, '0', actionActivity({ kind: 'begin', service, language }, { id: HOUSE }, now.toISOString()));
      for (const [n, text] of exercise.opening.entries()) await says(played, n + 1, text);
      return id;
    },
    async sweep(): Promise<void> {
      for (const played of await exercises.running()) {
        const charter = towns.get(played.town)?.training?.charter;
        if (charter) await step(played, charter);
      }
    },
  };
}
