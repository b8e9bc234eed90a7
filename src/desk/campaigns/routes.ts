/**
 * Written once, sent to many: for supervisors. What it comes to is counted first, and it is sent only to as many people as
 * they were told. What was answered to a question is a table, a file, and, where the town wants it, counts for everybody.
 */
import { z } from 'zod';
import { type Agent, holds } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import { type Campaign, textOf } from '../../domain/listening/campaign';
import type { Town, Towns } from '../../domain/town';
import type { Campaigns } from '../../store/rows/listening/campaigns';
import type { PollAnswers } from '../../store/rows/listening/poll-answers';
import type { SubscriptionRows } from '../../store/rows/listening/subscriptions';
import type { Mail } from '../../store/rows/mail';
import { type Frame, NOT_FOUND } from '../api/frame';
import { Id, Language, line } from '../api/requests';
import type { Trail } from '../people/trail';
import { csvFile } from '../present/csv';
import { type CountParts, createCampaignCount } from './count';
import { createPollPage } from './open-data';
import { createCampaignPresenter, type PresentParts } from './present';
import type { CampaignDraft } from './wire';

export interface CampaignParts extends CountParts, PresentParts {
  frame: Frame;
  campaigns: Campaigns;
  subscriptions: SubscriptionRows;
  pollAnswers: PollAnswers;
  mail: Pick<Mail, 'countOf' | 'withdraw'>;
  towns: Towns;
  trail: Trail;
}

/** Characters: fits a template of WhatsApp, and is four pieces of a text message. */
const LONGEST_TEXT = 600;
const LONGEST_CHOICE = 60;
const MOST_CHOICES = 9;
const LISTED = 50;
const DAY = 24 * 60 * 60 * 1000;
const LONGEST_POLL = 366 * DAY;
/** Answers that one file holds. */
const MOST_ANSWERS = 100_000;
const PAGE = 1000;

const words = (most: number) =>
  z
    .string()
    .max(most)
    .transform((typed) => typed.replaceAll('\0', '').trim())
    .pipe(z.string().min(1));
const localised = (most: number) => z.record(Language, words(most));
const draft = {
  title: line(120),
  texts: localised(LONGEST_TEXT),
  themes: z.array(Id).min(1).max(100),
  sectors: z.array(Id).max(100),
  isUrgent: z.boolean(),
  poll: z
    .strictObject({
      choices: z.array(localised(LONGEST_CHOICE)).min(2).max(MOST_CHOICES).optional(),
      closesAt: z.int().min(0),
    })
    .optional(),
};
const Draft = z.strictObject(draft);
const Order = z.strictObject({ ...draft, key: z.string().regex(/^[\w-]{8,64}$/), people: z.int().min(0) });

const maySend = (agent: Agent) => holds(agent, 'supervisor');

export function createCampaignRoutes(parts: CampaignParts): Route[] {
  const { frame, campaigns, pollAnswers, mail, trail, clock } = parts;
  const count = createCampaignCount(parts);
  const present = createCampaignPresenter(parts);

  /** What keeps it from being sent, or null. */
  function wrong(town: Town, { texts, themes, sectors, poll }: CampaignDraft) {
    const each = [texts, ...(poll?.choices ?? [])];
    const missing = town.languages.find((language) => each.some((one) => !one[language]));
    if (missing) return refuse(400, 'missing-language', `There are no words in "${missing}"`, { language: missing });
    const unknown = themes.find((id) => !town.subscriptions?.themes.some((theme) => theme.id === id));
    if (unknown) return refuse(400, 'unknown-theme', `The town has no theme "${unknown}"`);
    const nowhere = sectors.find((id) => !town.sectors?.some((sector) => sector.id === id));
    if (nowhere) return refuse(400, 'unknown-sector', `The town has no sector "${nowhere}"`);
    const now = clock().getTime();
    if (poll && (poll.closesAt <= now || poll.closesAt > now + LONGEST_POLL))
      return refuse(400, 'bad-end', 'A question ends later than now, within a year');
    return null;
  }

  async function peopleOf(town: Town, theme: string): Promise<number> {
    const { people } = await count(town, { title: '', texts: {}, themes: [theme], sectors: [], isUrgent: false });
    return people;
  }

  return [
    createPollPage(parts),
    frame.agents({
      method: 'get',
      path: '/desk/api/campaigns',
      may: maySend,
      async handle({ caller: { agent, town } }) {
        const { language } = agent.settings;
        const themes = await Promise.all(
          (town.subscriptions?.themes ?? []).map(async ({ id, name }) => ({
            ...{ id, name: textOf(name, language, town.languages[0]) },
            people: await peopleOf(town, id),
          })),
        );
        const listed = await campaigns.list(town.id, LISTED);
        const shown = await Promise.all(listed.map((campaign) => present(campaign, town, language, false)));
        const { quietHours } = town.subscriptions ?? {};
        const sectors = (town.sectors ?? []).map(({ id, name }) => ({ id, name: textOf(name, language, town.languages[0]) }));
        const body = { languages: town.languages, themes, sectors, ...(quietHours ? { quietHours } : {}), campaigns: shown };
        return { status: 200, body };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/campaigns/count',
      body: Draft,
      may: maySend,
      async handle({ caller: { town }, body }) {
        return wrong(town, body) ?? { status: 200, body: await count(town, body) };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/campaigns',
      body: Order,
      may: maySend,
      async handle({ caller: { agent, town, doer }, body: { key, people, ...order } }) {
        const id = `${town.id}-${key}`;
        const language = agent.settings.language;
        const known = await campaigns.get(town.id, id);
        if (known) return { status: 200, body: await present(known, town, language, true) };
        const fault = wrong(town, order);
        if (fault) return fault;
        const counted = await count(town, order);
        if (counted.people !== people)
          return refuse(409, 'changed', 'It is for other people than you were told: look again', { count: counted });
        const campaign: Campaign = {
          ...{ id, town: town.id, ...order, people, at: clock().getTime(), state: 'sending', handed: 0, skipped: 0 },
          by: { id: agent.id, name: agent.name },
          cursor: { theme: 0, after: '' },
        };
        await campaigns.open(campaign);
        const { pieces } = counted;
        const details = { themes: order.themes.join(' '), people: String(people), pieces: String(pieces) };
        await trail.did(doer, order.poll ? 'poll.sent' : 'campaign.sent', `campaign:${id}`, details);
        return { status: 201, body: await present(campaign, town, language, true) };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/campaigns/:id',
      may: maySend,
      async handle({ caller: { agent, town }, params }) {
        const campaign = await campaigns.get(town.id, params.id ?? '');
        if (!campaign) return NOT_FOUND;
        return { status: 200, body: await present(campaign, town, agent.settings.language, true) };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/campaigns/:id/stop',
      body: z.strictObject({}),
      may: maySend,
      async handle({ caller: { agent, town, doer }, params: { id = '' } }) {
        if (!(await campaigns.get(town.id, id))) return NOT_FOUND;
        if (await campaigns.stop(town.id, id)) await trail.did(doer, 'campaign.stopped', `campaign:${id}`);
        const stopped = await campaigns.get(town.id, id);
        if (!stopped) return NOT_FOUND;
        if (stopped.state === 'stopped') {
          await mail.withdraw(id);
          // Nobody else is told of the results: who answered is not needed any more.
          if (stopped.resultsOf !== undefined) await pollAnswers.forgetWho(town.id, stopped.resultsOf);
        }
        return { status: 200, body: await present(stopped, town, agent.settings.language, true) };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/campaigns/:id/answers.csv',
      may: maySend,
      async handle({ caller: { agent, town, doer }, params: { id = '' } }) {
        const campaign = await campaigns.get(town.id, id);
        if (!campaign?.poll) return NOT_FOUND;
        await trail.did(doer, 'poll.exported', `campaign:${id}`);
        const { choices } = campaign.poll;
        const lines: string[][] = [['answered_at', 'language', 'answer']];
        for (let after = ''; lines.length <= MOST_ANSWERS; ) {
          const page = await pollAnswers.of(town.id, id, PAGE, after);
          for (const { at, language, choice, words: said } of page) {
            const taken = choice === undefined ? undefined : choices?.[choice];
            const answer = taken ? textOf(taken, agent.settings.language, town.languages[0]) : (said ?? '');
            lines.push([new Date(at).toISOString(), language, answer]);
          }
          if (page.length < PAGE) break;
          after = page.at(-1)!.id;
        }
        return csvFile(lines, `answers-${id}.csv`);
      },
    }),
  ];
}
