/**
 * Topics as a clerk edits them in the browser: what the file holds, what is wrong with a change before anybody is answered
 * by it, what a question would be answered, and publishing. Who watches over a topic's service may change it.
 */
import type { z } from 'zod';
import { type Agent, holds } from '../../domain/desk/agent';
import { isRefusal, type Refusal, refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Topic } from '../../domain/topic/topic';
import type { Town, Towns } from '../../domain/town';
import { type Answer, type Call, FORBIDDEN, type Frame, NOT_FOUND } from '../api/frame';
import type { Trail } from '../people/trail';
import { createTopicPresenter, isBorrowed, local, mayChange, SHOWN_OF_HISTORY, type TopicPresenterParts } from './present-topic';
import { type DraftFault, type Drafting, hashOf } from './publishing';
import { Draft, type Edit, Flag, TopicId, Trial, Undo } from './requests';
import type { DraftCheck, DraftTrial, Published, TrialAnswer, WireFault } from './wire';
import { within } from './within';

/** How long a trial is waited for while its draft is being learnt. */
const PATIENCE_MS = 10_000;

export interface TopicParts extends TopicPresenterParts {
  frame: Frame;
  towns: Pick<Towns, 'topics' | 'topic'>;
  drafting: Drafting;
  trail: Trail;
}

const isSupervisor = (agent: Agent) => holds(agent, 'supervisor');

export function createTopicRoutes(parts: TopicParts): Route[] {
  const { frame, towns, publications, publishing, drafting, trail, clock } = parts;

  const { rowOf, detailOf, standingOf } = createTopicPresenter(parts);

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

  /** The draft that is handed in, as the text of a file. */
  async function drafted(call: Of<z.infer<typeof Draft>>): Promise<{ id: string; text: string } | Refusal> {
    const meant = changeable(call, call.body.edit);
    if (isRefusal(meant)) return meant;
    const text = await textOf(call.caller.town, meant.id, call.body);
    return text === null ? CHANGED : { id: meant.id, text };
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
        const draft = await drafted(call);
        if (isRefusal(draft)) return draft;
        const { faults } = await publishing.draft(call.caller.town.id, draft.id, draft.text);
        return { status: 200, body: checkOf(draft.id, faults) };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/knowledge/topics/:id/try',
      body: Trial,
      may: isSupervisor,
      async handle(call) {
        const { question, language } = call.body;
        const { town } = call.caller;
        const draft = await drafted(call);
        if (isRefusal(draft)) return draft;
        if (!town.languages.includes(language)) return refuse(400, 'unknown-name', 'The town does not speak this language');
        const { topics, faults } = await publishing.draft(town.id, draft.id, draft.text);
        if (topics.length === 0 || faults.some(drafting.isBlocking))
          return refuse(422, 'faults', 'What is wrong comes first', {
            faults: faults.map((fault) => presentFault(draft.id, fault)),
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
        const draft = await drafted(call);
        return isRefusal(draft) ? draft : publish(call, draft.id, call.body.base, draft.text, 'edit');
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

function presentFault(id: string, { file, line: at, severity, code, message, fix, language }: DraftFault): WireFault {
  return { line: at, severity, code, message, fix, language, ...(file.endsWith(`/topics/${id}.yml`) ? {} : { file }) };
}
