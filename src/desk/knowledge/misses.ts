/**
 * What was not understood or answered badly, brought together by what it means, the most asked first; and what agents
 * propose as an answer. Each row belongs to a service, the front desk where nothing says which.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Agent, holds } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import { markOf } from '../../domain/mark';
import { withoutNumbers } from '../../domain/miss';
import type { Town, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Miss, Misses } from '../../store/rows/misses';
import type { Transcript } from '../../store/rows/transcript';
import type { ConversationReads } from '../api/conversations';
import { type Frame, NOT_FOUND } from '../api/frame';
import { ConversationId, line } from '../api/requests';
import type { Trail } from '../people/trail';
import { presentService } from '../present/agent';
import { mayChange } from './present-topic';
import type { Drafting } from './publishing';
import type { MissCluster } from './wire';

/** The newest are looked at: so many say what citizens ask now. */
const LOOKED_AT = 1000;
const MOST_CLUSTERS = 100;
const EXAMPLES = 5;
const KEPT_MS = 180 * 24 * 60 * 60 * 1000;

const Settle = z.strictObject({ ids: z.array(z.string().min(1).max(400)).min(1).max(LOOKED_AT) });
const Proposal = z.strictObject({ question: line(300), line: z.int().min(1) });

export interface MissParts {
  frame: Frame;
  misses: Misses;
  towns: Pick<Towns, 'topic' | 'list'>;
  agents: Pick<Agents, 'ofTown'>;
  transcript: Transcript;
  reads: ConversationReads;
  drafting: Drafting;
  trail: Trail;
  clock: () => Date;
}

export function createMissRoutes(parts: MissParts): Route[] {
  const { frame, misses, towns, agents, transcript, reads, drafting, trail, clock } = parts;

  async function clustersFor(agent: Agent, town: Town): Promise<MissCluster[]> {
    const seen = (await misses.open(town.id, LOOKED_AT)).filter(({ service }) => mayChange(agent, town, service));
    const people = new Map((await agents.ofTown(town.id)).map(({ id, name }) => [id, name]));
    const worded = seen.filter(({ words }) => words !== '');
    const groups = (
      await drafting.group(
        town.id,
        worded.map(({ words, language }) => ({ text: words, language })),
      )
    ).map((places) => places.flatMap((place) => worded[place] ?? []));
    // What has no words of its own stands by its topic.
    const wordless = seen.filter(({ words, topic }) => words === '' && topic);
    const byTopic = [...new Set(wordless.map(({ topic }) => topic))].map((id) => wordless.filter(({ topic }) => topic === id));
    return [...groups, ...byTopic]
      .filter((group) => group.length > 0)
      .sort((one, other) => weightOf(other) - weightOf(one))
      .slice(0, MOST_CLUSTERS)
      .map((group) => present(group, town, agent.settings.language, people));
  }

  function present(group: Miss[], town: Town, language: string, people: Map<string, string>): MissCluster {
    const [newest] = group as [Miss, ...Miss[]];
    const texts = [...new Set(group.map(({ words }) => words).filter(Boolean))].sort((one, other) => one.length - other.length);
    // Neither the shortest, which may be two words, nor the longest story.
    const words = texts[Math.floor(texts.length / 3)] ?? '';
    const topic = mostOf(group.map((miss) => miss.topic));
    const known = topic ? towns.topic(town.id, topic) : undefined;
    const service = mostOf(group.map((miss) => miss.service));
    const reasons: MissCluster['reasons'] = {};
    for (const { reason } of group) reasons[reason] = (reasons[reason] ?? 0) + 1;
    return {
      ids: group.map(({ id }) => id),
      words,
      examples: texts.filter((text) => text !== words).slice(0, EXAMPLES),
      language: newest.language,
      count: group.length,
      people: new Set(group.map(({ of }) => of)).size,
      lastAt: new Date(newest.at).toISOString(),
      reasons,
      ...(known ? { topic: { id: known.id, title: known.title[language] ?? Object.values(known.title)[0] ?? known.id } } : {}),
      ...(service ? { service: presentService(town, service, language) } : {}),
      proposals: group.flatMap(({ id, answer, by = '', at }) =>
        answer ? [{ id, answer, by: { id: by, name: people.get(by) ?? by }, at: new Date(at).toISOString() }] : [],
      ),
    };
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/knowledge/misses',
      may: (agent) => holds(agent, 'supervisor'),
      async handle({ caller: { agent, town } }) {
        return { status: 200, body: { items: await clustersFor(agent, town) } };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/knowledge/misses/settle',
      body: Settle,
      may: (agent) => holds(agent, 'supervisor'),
      async handle({ caller: { agent, town, doer }, body: { ids } }) {
        let settled = 0;
        for (const id of ids) {
          const miss = await misses.get(id);
          if (!miss || miss.town !== town.id || !mayChange(agent, town, miss.service)) continue;
          if (await misses.settle(town.id, id, agent.id, clock().getTime())) settled += 1;
        }
        await trail.did(doer, 'misses.settled', `town:${town.id}`, { count: String(settled) });
        return { status: 200, body: { settled } };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/conversations/:id/proposals',
      body: Proposal,
      async handle({ caller: { agent, town, doer }, params, body: { question, line: number } }) {
        const id = ConversationId.safeParse(params.id);
        const conversation = id.success ? await reads.readable(agent, id.data) : null;
        if (!conversation) return NOT_FOUND;
        const [said] = await transcript.withNotes(conversation.id, number - 1, 1);
        // What an agent said to the citizen, and nothing else, can become the town's answer.
        if (said?.line !== number || said.from !== 'agent' || !said.activity.text) return NOT_FOUND;
        const miss = `proposal:${randomUUID()}`;
        await misses.write({
          id: miss,
          town: town.id,
          at: clock().getTime(),
          reason: 'proposal',
          words: withoutNumbers(question),
          language: conversation.memory.language,
          of: markOf(conversation.id),
          service: conversation.queue?.service,
          answer: said.activity.text,
          by: agent.id,
          state: 'open',
        });
        await trail.did(doer, 'answer.proposed', `conversation:${conversation.id}`);
        return { status: 201, body: { id: miss } };
      },
    }),
  ];
}

/** Removes what is older than half a year. */
export async function forgetMisses({ misses, towns, clock }: Pick<MissParts, 'misses' | 'towns' | 'clock'>): Promise<void> {
  for (const { id } of towns.list()) await misses.forget(id, clock().getTime() - KEPT_MS);
}

/** A proposal is somebody's work, and waits for an answer. */
function weightOf(group: readonly Miss[]): number {
  return group.length + (group.some(({ reason }) => reason === 'proposal') ? 5 : 0);
}

function mostOf(values: Array<string | undefined>): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
