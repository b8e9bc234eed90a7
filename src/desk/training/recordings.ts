/**
 * Conversations of the town that are over become exercises: proposed without whatever says who their citizens were, read by a
 * supervisor of their service, and only then written down. Nothing leads from what is kept to the conversation or its citizen.
 */
import { z } from 'zod';
import type { Conversation } from '../../domain/conversation';
import { type Agent, holds } from '../../domain/desk/agent';
import {
  partsOf,
  personsIn,
  type Recording,
  type RecordingDraft,
  type SaidLine,
  withoutContacts,
  withoutPersons,
} from '../../domain/desk/recording';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Recordings } from '../../store/rows/desk/recordings';
import type { Transcript } from '../../store/rows/transcript';
import type { ConversationReads } from '../api/conversations';
import { type Caller, type Frame, NOT_FOUND } from '../api/frame';
import { ConversationId, Id } from '../api/requests';
import type { Trail } from '../people/trail';
import { OUTCOMES, type Outcome } from '../queue/action';

export interface RecordingParts {
  frame: Frame;
  reads: Pick<ConversationReads, 'readable'>;
  transcript: Pick<Transcript, 'withNotes'>;
  recordings: Recordings;
  trail: Trail;
  clock: () => Date;
}

const MOST_LINES = 400;
const MOST_PARTS = 30;
const LONGEST = 1000;

/** As it was read: whoever read it may have written it anew, but no contact stands in it. */
const read = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => withoutContacts(text.replaceAll(/[^\P{Cc}\n]/gu, ' ')))
    .pipe(z.string().min(1));

const Kept = z.strictObject({
  actionId: z.uuid(),
  conversation: ConversationId,
  title: read(100),
  about: read(300),
  opening: z.array(read(LONGEST)).min(1).max(MOST_PARTS),
  turns: z.array(read(LONGEST)).max(MOST_PARTS),
  outcomes: z.array(z.enum(OUTCOMES)).min(1).max(OUTCOMES.length),
});

const NOT_OVER = refuse(409, 'not-over', 'It can be kept once it is over');
const NOTHING_TO_PLAY = refuse(409, 'nothing-to-play', 'There is no citizen who wrote, or nobody who answered');

export function createRecordingRoutes({ frame, reads, transcript, recordings, trail, clock }: RecordingParts): Route[] {
  /** The conversation, where this agent watches over its service. */
  async function watched(agent: Agent, typed: unknown): Promise<(Conversation & { queue: object }) | null> {
    const id = ConversationId.safeParse(typed);
    const conversation = id.success ? await reads.readable(agent, id.data) : null;
    const { queue } = conversation ?? {};
    return conversation && queue && holds(agent, 'supervisor', queue.service) ? { ...conversation, queue } : null;
  }

  async function proposed({ id, queue, memory }: Conversation, { town }: Caller): Promise<RecordingDraft | null> {
    const lines = (await transcript.withNotes(id, 0, MOST_LINES)).flatMap(({ from, at, activity: { text = '' } }): SaidLine[] =>
      from === 'citizen' || from === 'agent' ? [{ from, at, text }] : [],
    );
    const parts = queue && partsOf(lines, queue.queuedAt);
    if (!parts) return null;
    const language = queue.language ?? memory.language;
    const persons = personsIn(lines.map(({ text }) => text.slice(0, LONGEST)));
    const known = { language, streets: streetsOf(town), persons };
    const hidden = (texts: string[]) => texts.slice(0, MOST_PARTS).map((text) => withoutPersons(text.slice(0, LONGEST), known));
    const outcome = OUTCOMES.find((one) => one === queue.outcome);
    return {
      ...{ language, service: queue.service },
      ...{ opening: hidden(parts.opening), turns: hidden(parts.turns) },
      outcomes: [outcome ?? ('answered' satisfies Outcome)],
    };
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/conversations/:id/recording',
      async handle({ caller, params }) {
        const conversation = await watched(caller.agent, params.id);
        if (!conversation) return NOT_FOUND;
        if (!isOver(conversation)) return NOT_OVER;
        const draft = await proposed(conversation, caller);
        return draft ? { status: 200, body: draft } : NOTHING_TO_PLAY;
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/training/recordings',
      body: Kept,
      async handle({ caller, body: { actionId, conversation: of, title, about, ...said } }) {
        const { agent, town, doer } = caller;
        const conversation = await watched(agent, of);
        if (!conversation) return NOT_FOUND;
        if (!isOver(conversation)) return NOT_OVER;
        const draft = await proposed(conversation, caller);
        if (!draft) return NOTHING_TO_PLAY;
        const { language, service } = draft;
        const id = `recorded-${actionId}`;
        const own = agent.settings.language;
        const recording: Recording = {
          ...{ id, town: town.id, by: { id: agent.id, name: agent.name }, at: clock().toISOString() },
          exercise: { id, title: { [own]: title }, about: { [own]: about }, language, service, ...said },
        };
        await recordings.keep(recording);
        await trail.did(doer, 'training.kept', `exercise:${id}`);
        return { status: 201, body: { exercise: id } };
      },
    }),
    frame.agents({
      method: 'del',
      path: '/desk/api/training/recordings/:id',
      async handle({ caller: { agent, town, doer }, params }) {
        const id = Id.safeParse(params.id);
        const known = id.success ? await recordings.get(id.data) : null;
        if (known?.town !== town.id || !holds(agent, 'supervisor', known.exercise.service)) return NOT_FOUND;
        if (await recordings.remove(known.id)) await trail.did(doer, 'training.removed', `exercise:${known.id}`);
        return { status: 204 };
      },
    }),
  ];
}

/** With the bot again, after somebody has closed it. */
const isOver = ({ holder, queue }: Conversation) => holder === 'bot' && queue?.closedAt !== undefined;

const names = new WeakMap<object, string[]>();

/** By town, so that they are folded once. */
function streetsOf({ streets }: Caller['town']): string[] {
  const known = names.get(streets) ?? streets.flatMap(({ name, alsoCalled = [] }) => [name, ...alsoCalled]);
  names.set(streets, known);
  return known;
}
