/** What was asked and how it was answered, as anybody may read it where the town wants it: counts alone, and none that is small. */
import type { Route } from '../../domain/http/route';
import { isPollOpen, withoutSmall } from '../../domain/listening/campaign';
import type { Towns } from '../../domain/town';
import type { Campaigns } from '../../store/rows/listening/campaigns';
import type { PollAnswers } from '../../store/rows/listening/poll-answers';

interface PollPageParts {
  campaigns: Pick<Campaigns, 'list'>;
  pollAnswers: Pick<PollAnswers, 'count' | 'countOf'>;
  towns: Pick<Towns, 'get'>;
  clock: () => Date;
}

const LOOKED_AT = 200;
const FRESH_MS = 60_000;

export function createPollPage({ campaigns, pollAnswers, towns, clock }: PollPageParts): Route {
  const pages = new Map<string, { at: number; body: Promise<string> }>();

  async function polls(town: string): Promise<string> {
    const now = clock();
    const over = (await campaigns.list(town, LOOKED_AT)).filter((one) => one.poll && !isPollOpen(one, now));
    const shown = await Promise.all(
      over.map(async ({ id, texts, poll, at }) => {
        const choices = poll?.choices ?? [];
        const counts = withoutSmall(await Promise.all(choices.map((_, n) => pollAnswers.countOf(town, id, n))));
        const [answers] = withoutSmall([await pollAnswers.count(town, id)]);
        return {
          ...{ id, question: texts, asked_at: new Date(at).toISOString() },
          closed_at: new Date(poll?.closesAt ?? at).toISOString(),
          answers,
          ...(choices.length > 0 ? { choices: choices.map((label, n) => ({ label, count: counts[n] })) } : {}),
        };
      }),
    );
    return JSON.stringify({ polls: shown });
  }

  /** Counted once in a while, however many ask. */
  function lately(town: string): Promise<string> {
    const now = clock().getTime();
    const known = pages.get(town);
    if (known && Math.abs(now - known.at) < FRESH_MS) return known.body;
    const body = polls(town);
    pages.set(town, { at: now, body });
    body.catch(() => pages.delete(town));
    return body;
  }

  return {
    caller: 'anyone',
    method: 'get',
    path: '/open-data/:town/polls.json',
    body: 'none',
    async handle({ response, params }) {
      const town = towns.get(params.town ?? '');
      if (!town?.openData?.polls) {
        response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
        response.end('Not found');
        return;
      }
      const body = await lately(town.id);
      response.writeHead(200, {
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': 'public, max-age=300',
        'Access-Control-Allow-Origin': '*',
      });
      response.end(body);
    },
  };
}
