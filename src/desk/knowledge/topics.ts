/**
 * Topics as a clerk edits them in the browser: what the file holds, what is wrong with a change before anybody is answered
 * by it, what a question would be answered, and publishing. Who watches over a topic's service may change it.
 */
import { DateTime } from 'luxon';
import { z } from 'zod';
import { type Agent, holds } from '../../domain/desk/agent';
import { isRefusal, type Refusal, refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Localised } from '../../domain/language/localised';
import type { Topic } from '../../domain/topic';
import type { Town, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Publications } from '../../store/rows/publications';
import { type Answer, type Call, FORBIDDEN, type Frame, NOT_FOUND } from '../api/frame';
import { Language, line } from '../api/requests';
import { dayAfter, localDay } from '../figures/day';
import type { Days } from '../figures/days';
import { topicsIn } from '../figures/summary';
import type { Trail } from '../people/trail';
import { presentService } from '../present/agent';
import { type DraftFault, type Drafting, hashOf, type Publishing } from './publishing';
import type { DraftCheck, DraftTrial, Published, TopicDetail, TopicRow, TrialAnswer, WireFault } from './wire';
import { within } from './within';

const LOOKED_BACK = 90;
const SHOWN_OF_HISTORY = 50;
/** How long a trial is waited for while its draft is being learnt. */
const PATIENCE_MS = 10_000;

const typed = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll(/[^\P{Cc}\n]/gu, ' ').trim());
const said = typed(4000).pipe(z.string().min(1));
const texts = z.record(Language, said);
const phrases = z.record(Language, z.array(line(300)).max(1000));
const TopicId = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/);

const Edit = z.strictObject({
  kind: z.literal('question').optional(),
  service: TopicId.optional(),
  title: z.record(Language, line(120)).optional(),
  phrases: phrases.optional(),
  answer: texts.optional(),
  details: z
    .array(z.strictObject({ id: TopicId, phrases, answer: texts }))
    .max(100)
    .optional(),
  verified: z.strictObject({ by: TopicId.optional(), on: z.iso.date(), until: z.iso.date(), source: line(500) }).optional(),
});
/** Of what the change was made; empty for a topic that is new. */
const base = z.string().regex(/^([0-9a-f]{64})?$/);
const Draft = z.strictObject({ base, edit: Edit });
const Trial = z.strictObject({ base, edit: Edit, question: line(400), language: Language });
const Undo = z.strictObject({ base });
const Flag = z.strictObject({ note: line(300) });

export interface TopicParts {
  frame: Frame;
  towns: Pick<Towns, 'topics' | 'topic'>;
  agents: Pick<Agents, 'ofTown'>;
  publications: Publications;
  publishing: Publishing;
  drafting: Drafting;
  days: Days;
  trail: Trail;
  clock: () => Date;
}

/** Whether the agent answers for what is said about a service; without one, about the town. */
export function mayChange(agent: Agent, town: Town, service: string | undefined): boolean {
  return holds(agent, 'supervisor', service ?? town.frontDesk);
}

const isSupervisor = (agent: Agent) => holds(agent, 'supervisor');

export function createTopicRoutes(parts: TopicParts): Route[] {
  const { frame, towns, agents, publications, publishing, drafting, days, trail, clock } = parts;

  const isBorrowed = (town: Town, { file }: Topic) => !file.includes(`/${town.id}/`);
  const local = (text: Localised | undefined, town: Town, language: string) =>
    text?.[language] ?? text?.[town.languages[0] ?? ''] ?? Object.values(text ?? {})[0] ?? '';

  /** What all rows of one reading have in common. */
  async function standingOf(town: Town) {
    const today = localDay(town, clock().getTime());
    const [counted, flags, people] = await Promise.all([
      days.between(town, dayAfter(today, -LOOKED_BACK), today),
      publications.flags(town.id),
      agents.ofTown(town.id),
    ]);
    return {
      today,
      used: new Map(topicsIn(counted.flatMap(({ figures }) => figures.groups))),
      flags: new Map(flags.map((flag) => [flag.topic, flag])),
      nameOf: (id: string) => ({ id, name: people.find((agent) => agent.id === id)?.name ?? id }),
    };
  }
  type Standing = Awaited<ReturnType<typeof standingOf>>;

  function rowOf(agent: Agent, town: Town, topic: Topic, { today, used, flags, nameOf }: Standing): TopicRow {
    const { language } = agent.settings;
    const count = used.get(topic.id);
    const flag = flags.get(topic.id);
    const { verified, service } = topic;
    return {
      id: topic.id,
      title: local(topic.title, town, language),
      kind: topic.kind,
      ...(service ? { service: presentService(town, service, language) } : {}),
      isBorrowed: isBorrowed(town, topic),
      mayChange: !isBorrowed(town, topic) && mayChange(agent, town, service),
      ...(verified
        ? {
            verified: { by: verified.by, on: verified.on, until: verified.until, source: verified.source },
            daysLeft: Math.round(DateTime.fromISO(verified.until).diff(DateTime.fromISO(today), 'days').days),
          }
        : {}),
      used: (count?.times ?? 0) + (count?.requests ?? 0),
      useful: count?.useful ?? 0,
      notUseful: count?.notUseful ?? 0,
      ...(flag ? { flag: { by: nameOf(flag.by), at: new Date(flag.at).toISOString(), note: flag.note } } : {}),
    };
  }

  async function detailOf(agent: Agent, town: Town, topic: Topic): Promise<TopicDetail> {
    const standing = await standingOf(town);
    const [{ text, isOnlyHere }, history] = await Promise.all([
      publishing.inForce(town.id, topic.id),
      publications.of(town.id, topic.id, SHOWN_OF_HISTORY),
    ]);
    const { language } = agent.settings;
    const own = <T>(by: Record<string, T> | undefined) =>
      Object.fromEntries(Object.entries(by ?? {}).filter(([code]) => town.languages.includes(code)));
    const hash = hashOf(text);
    return {
      ...rowOf(agent, town, topic, standing),
      base: hash ?? '',
      languages: town.languages,
      titles: own(topic.title),
      phrases: own(topic.phrases),
      answer: own(topic.answer),
      details: (topic.details ?? []).map(({ id, ...detail }) => ({
        id,
        phrases: own(detail.phrases),
        answer: own(detail.answer),
      })),
      form: (topic.form ?? []).map(({ id, kind, label, ask, required }) => ({
        id,
        kind,
        label: local(label, town, language),
        ask: local(ask, town, language),
        isRequired: required,
      })),
      services: town.services.map(({ id }) => presentService(town, id, language)),
      history: history.map(({ seq, at, by, kind, hash: made }) => ({
        seq,
        at: new Date(at).toISOString(),
        by: standing.nameOf(by),
        kind,
        isInForce: made === hash && seq === history[0]?.seq,
      })),
      isOnlyHere,
    };
  }

  type Of<Body> = Call<Body, undefined>;

  /** The topic that is meant, where this agent may change it; of a draft, also one that does not exist yet. */
  function changeable({ caller: { agent, town }, params }: Of<unknown>, edit?: z.infer<typeof Edit>): { id: string } | Refusal {
    const id = TopicId.safeParse(params.id);
    if (!id.success) return NOT_FOUND;
    const topic = towns.topic(town.id, id.data);
    if (topic && (isBorrowed(town, topic) || !mayChange(agent, town, topic.service))) return FORBIDDEN;
    if (!topic && !edit?.service) return NOT_FOUND;
    if (edit?.service && !mayChange(agent, town, edit.service)) return FORBIDDEN;
    return { id: id.data };
  }

  /** The text of a draft; null where the file is another by now. */
  async function textOf(town: Town, id: string, { base: from, edit }: z.infer<typeof Draft>): Promise<string | null> {
    const { text } = await publishing.inForce(town.id, id);
    return (hashOf(text) ?? '') === from ? drafting.edit(text ?? '', edit) : null;
  }

  const CHANGED = refuse(409, 'changed', 'Somebody else changed this topic: look at it as it stands now');

  function trialOf(
    town: Town,
    language: string,
    all: Topic[],
    { heard, detail }: Awaited<ReturnType<Drafting['hear']>>,
  ): TrialAnswer {
    const [top] = heard.intents;
    const topic = heard.zone === 'act' ? all.find(({ id }) => id === top?.topic) : undefined;
    const narrower = topic?.details?.find(({ id }) => id === detail);
    const answer = narrower?.answer ?? topic?.answer;
    return {
      zone: heard.zone,
      topics: heard.intents.map(({ topic: id, confidence }) => ({
        id,
        title: local(all.find((one) => one.id === id)?.title, town, language) || id,
        confidence,
      })),
      ...(narrower ? { detail: narrower.id } : {}),
      ...(answer ? { text: local(answer, town, language) } : {}),
    };
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/knowledge/topics',
      may: isSupervisor,
      async handle({ caller: { agent, town } }) {
        const standing = await standingOf(town);
        const items = towns
          .topics(town.id)
          .filter(({ kind }) => kind !== 'control')
          .map((topic) => rowOf(agent, town, topic, standing));
        return { status: 200, body: { items } };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/knowledge/topics/:id',
      may: isSupervisor,
      async handle({ caller: { agent, town }, params }) {
        const topic = towns.topic(town.id, params.id ?? '');
        return topic ? { status: 200, body: await detailOf(agent, town, topic) } : NOT_FOUND;
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/knowledge/topics/:id/file',
      may: isSupervisor,
      async handle({ caller: { town }, params }) {
        const topic = towns.topic(town.id, params.id ?? '');
        const { text } = topic ? await publishing.inForce(town.id, topic.id) : { text: null };
        if (!topic || text === null) return NOT_FOUND;
        return { status: 200, text, type: 'application/yaml; charset=utf-8', fileName: `${topic.id}.yml` };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/knowledge/topics/:id/check',
      body: Draft,
      may: isSupervisor,
      async handle(call) {
        const meant = changeable(call, call.body.edit);
        if (isRefusal(meant)) return meant;
        const { town } = call.caller;
        const text = await textOf(town, meant.id, call.body);
        if (text === null) return CHANGED;
        const { faults } = await publishing.draft(town.id, meant.id, text);
        return { status: 200, body: checkOf(meant.id, faults) };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/knowledge/topics/:id/try',
      body: Trial,
      may: isSupervisor,
      async handle(call) {
        const { question, language, ...draft } = call.body;
        const meant = changeable(call, draft.edit);
        if (isRefusal(meant)) return meant;
        const { town } = call.caller;
        if (!town.languages.includes(language)) return refuse(400, 'unknown-name', 'The town does not speak this language');
        const text = await textOf(town, meant.id, draft);
        if (text === null) return CHANGED;
        const { topics, faults } = await publishing.draft(town.id, meant.id, text);
        if (topics.length === 0 || faults.some(drafting.isBlocking))
          return refuse(422, 'faults', 'What is wrong comes first', {
            faults: faults.map((fault) => presentFault(meant.id, fault)),
          });
        const options = { town: town.id, language, now: clock() };
        const [now, then] = await Promise.all([
          drafting.hear(question, options),
          within(drafting.hear(question, { ...options, topics }), PATIENCE_MS),
        ]);
        if (!then) return { status: 202, body: { isLearning: true } };
        const trial: DraftTrial = {
          now: trialOf(town, language, towns.topics(town.id), now),
          draft: trialOf(town, language, topics, then),
        };
        return { status: 200, body: trial };
      },
    }),
    frame.agents({
      method: 'put',
      path: '/desk/api/knowledge/topics/:id',
      body: Draft,
      may: isSupervisor,
      async handle(call) {
        const meant = changeable(call, call.body.edit);
        if (isRefusal(meant)) return meant;
        const { town } = call.caller;
        const text = await textOf(town, meant.id, call.body);
        if (text === null) return CHANGED;
        return publish(call, meant.id, call.body.base, text, 'edit');
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/knowledge/topics/:id/undo',
      body: Undo,
      may: isSupervisor,
      async handle(call) {
        const meant = changeable(call);
        if (isRefusal(meant)) return meant;
        const { town } = call.caller;
        const history = await publications.of(town.id, meant.id, SHOWN_OF_HISTORY);
        const [last] = history;
        if (!last || last.hash !== call.body.base) return CHANGED;
        // The text it was made from stands with the publication before; the very first was made from the town's own file.
        const before = history.find(({ hash }) => hash === last.base);
        const text = before ? before.text : last.before;
        if (text === undefined) return CHANGED;
        return publish(call, meant.id, call.body.base, text, 'undo');
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/knowledge/topics/:id/flag',
      body: Flag,
      async handle({ caller: { agent, town, doer }, params, body: { note } }) {
        const topic = towns.topic(town.id, params.id ?? '');
        if (!topic) return NOT_FOUND;
        if (!holds(agent, 'agent', topic.service ?? town.frontDesk)) return FORBIDDEN;
        await publications.flag({ town: town.id, topic: topic.id, by: agent.id, at: clock().getTime(), note });
        await trail.did(doer, 'topic.flagged', `topic:${topic.id}`);
        return { status: 204 };
      },
    }),
    frame.agents({
      method: 'del',
      path: '/desk/api/knowledge/topics/:id/flag',
      may: isSupervisor,
      async handle(call) {
        const meant = changeable(call);
        if (isRefusal(meant)) return meant;
        await publications.unflag(call.caller.town.id, meant.id);
        return { status: 204 };
      },
    }),
  ];

  async function publish(
    { caller: { agent, town, doer } }: Of<unknown>,
    id: string,
    from: string,
    text: string | null,
    kind: 'edit' | 'undo',
  ): Promise<Answer> {
    const done = await publishing.publish({ town: town.id, topic: id, base: from || null, text, by: agent.id, kind });
    if (done.outcome === 'changed') return CHANGED;
    if (done.outcome === 'faults')
      return refuse(422, 'faults', 'What is wrong comes first', { faults: done.faults.map((fault) => presentFault(id, fault)) });
    await trail.did(doer, kind === 'undo' ? 'topic.undone' : 'topic.published', `topic:${id}`);
    // Whoever has looked at the source has said so by a new date.
    await publications.unflag(town.id, id);
    const topic = towns.topic(town.id, id);
    const body: Published = { topic: topic ? await detailOf(agent, town, topic) : null, isHeard: done.isHeard };
    return { status: 200, body };
  }
}

function checkOf(id: string, faults: DraftFault[]): DraftCheck {
  return {
    faults: faults.map((fault) => presentFault(id, fault)),
    isPublishable: !faults.some(({ severity }) => severity === 'fault'),
  };
}

function presentFault(id: string, { file, line: at, severity, code, message, fix }: DraftFault): WireFault {
  return { line: at, severity, code, message, fix, ...(file.endsWith(`/topics/${id}.yml`) ? {} : { file }) };
}
