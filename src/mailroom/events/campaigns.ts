/**
 * What the town hall wrote once goes out to many: a small batch at a time into the inboxes of those it is for, each under an
 * id of its own, and a cursor behind them. A crash begins the batch again, and whoever has it has it under the same id. No
 * more is handed on than leaves: what a citizen is answered meanwhile does not wait behind ten thousand letters, and what is
 * stopped stops. A poll whose time is over is closed, and its results go the same way to those who answered.
 */
import type { ChannelName } from '../../domain/conversation';
import { bulletinId, bulletinOf, type Campaign, personMark } from '../../domain/listening/campaign';
import { isQuiet } from '../../domain/listening/theme';
import type { Receive } from '../../domain/message/letter';
import type { Town } from '../../domain/town';
import type { Spending } from '../../store/rows/spending';
import { hasOptedOut } from '../consent';
import type { MailroomParts } from '../parts';

/** Letters of one campaign that may be on their way: about what the quickest sender takes in a second. */
const ON_THE_WAY = 40;
const AT_ONCE = 200;
const POLLS_AT_ONCE = 5;

interface Reader {
  id: string;
  conversation: string;
  channel: ChannelName;
  address: string;
  language: string;
  isStopped: boolean;
}

/** Why a campaign waits; null when it is going out. */
export type Waiting = 'quiet-hours' | 'ceiling' | null;

export async function campaignWaits(
  { isUrgent }: Pick<Campaign, 'isUrgent'>,
  town: Town,
  { spending, limits }: { spending: Pick<Spending, 'of'>; limits?: { piecesPerDay: number } },
  now: Date,
): Promise<Waiting> {
  if (!isUrgent && isQuiet(town.subscriptions, town.timeZone, now)) return 'quiet-hours';
  const most = limits?.piecesPerDay ?? Number.POSITIVE_INFINITY;
  if (!Number.isFinite(most)) return null;
  return (await spending.of(town.id, now.toISOString().slice(0, 10))) >= most ? 'ceiling' : null;
}

export function createCampaignSending(parts: MailroomParts, receive: Receive) {
  const { campaigns, subscriptions, pollAnswers, mail, ledger, spending, limits, pollResults, clock, log } = parts;
  const step = parts.onStep ?? (() => {});
  const towns = new Map((parts.towns ?? []).map((town) => [town.id, town]));

  /** The next readers, and where those after them begin; null behind the last. */
  async function next(campaign: Campaign, limit: number): Promise<[Reader[], Campaign['cursor'] | null]> {
    const { town, themes, sectors, cursor, resultsOf } = campaign;
    if (resultsOf !== undefined) {
      const page = await pollAnswers.of(town, resultsOf, limit, cursor.after);
      const readers = page.flatMap(({ id, conversation, channel, address, language }) =>
        conversation && channel && address ? [{ id, conversation, channel, address, language, isStopped: false }] : [],
      );
      const last = page.at(-1);
      if (last) return [readers, { theme: 0, after: last.id }];
      // Who it was is forgotten behind the cursor: whatever a crash left of it goes before the end is written.
      await pollAnswers.forgetWho(town, resultsOf, cursor.after);
      return [[], null];
    }
    const theme = themes[cursor.theme];
    if (theme === undefined) return [[], null];
    const page = await subscriptions.of(town, theme, limit, cursor.after);
    const meant = page.filter(({ sector }) => sectors.length === 0 || sector === undefined || sectors.includes(sector));
    const earlier = themes.slice(0, cursor.theme);
    const isNew = await Promise.all(
      meant.map(async ({ conversation }) => {
        const before = await Promise.all(earlier.map((one) => subscriptions.get(town, one, conversation)));
        return !before.some((row) => row && (sectors.length === 0 || row.sector === undefined || sectors.includes(row.sector)));
      }),
    );
    const readers = meant.filter((_, n) => isNew[n]).map(({ state, ...row }) => ({ ...row, isStopped: state === 'stopped' }));
    const isLastPage = page.length < limit;
    if (isLastPage && cursor.theme + 1 >= themes.length) return [readers, null];
    return [readers, isLastPage ? { theme: cursor.theme + 1, after: '' } : { ...cursor, after: page.at(-1)!.id }];
  }

  async function hand(campaign: Campaign, reader: Reader): Promise<'handed' | 'skipped' | 'known'> {
    const { town } = campaign;
    const { conversation, channel, address, language } = reader;
    if (reader.isStopped || (await hasOptedOut(ledger, town, address))) return 'skipped';
    const id = bulletinId(campaign, personMark(channel, address, conversation));
    const written = await receive({ id, town, channel, conversation, address, activity: bulletinOf(campaign, language) });
    step('campaign:received');
    // Handed on before a crash, or to the same person on their other channel.
    if (written === 'known' && (await mail.inbox.get(id))?.conversation !== conversation) return 'known';
    return 'handed';
  }

  async function send(campaign: Campaign, now: Date): Promise<void> {
    const town = towns.get(campaign.town);
    if (!town || (await campaignWaits(campaign, town, { spending, limits }, now))) return;
    const [due, sending] = await Promise.all([mail.countOf(campaign.id, 'due'), mail.countOf(campaign.id, 'sending')]);
    const room = ON_THE_WAY - due - sending;
    if (room <= 0) return;
    const [readers, cursor] = await next(campaign, room);
    const outcomes = await Promise.all(readers.map((reader) => hand(campaign, reader)));
    const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
    step('campaign:handed');
    const isMine = await campaigns.advance(campaign, {
      cursor: cursor ?? campaign.cursor,
      state: cursor ? 'sending' : 'sent',
      handed: campaign.handed + count('handed'),
      skipped: campaign.skipped + count('skipped'),
    });
    if (isMine && !cursor) log('info', 'campaign.sent', { town: town.id, campaign: campaign.id });
  }

  async function close(poll: Campaign, now: Date): Promise<void> {
    const { town, id, title, isUrgent, by } = poll;
    const places = (poll.poll?.choices ?? []).map((_, n) => n);
    const counts = await Promise.all(places.map((n) => pollAnswers.countOf(town, id, n)));
    const all = await pollAnswers.count(town, id);
    if (pollResults && all > 0)
      await campaigns.open({
        ...{ id: `${id}-results`, town, title, isUrgent, by, resultsOf: id, people: all, at: now.getTime() },
        texts: pollResults(poll, counts, all),
        ...{ themes: [], sectors: [], state: 'sending', cursor: { theme: 0, after: '' }, handed: 0, skipped: 0 },
      });
    await campaigns.close(town, id);
  }

  return {
    async sweep(): Promise<void> {
      const now = clock();
      for (const poll of await campaigns.over(now.getTime(), POLLS_AT_ONCE)) await close(poll, now);
      for (const campaign of await campaigns.sending(AT_ONCE)) await send(campaign, now);
    },
  };
}
