/** Who would get what was written once to many, in how many pieces and for how much, before anybody sends it. */

import { costsOf } from '../../domain/costs';
import { sentenceOf } from '../../domain/language/sentences';
import { choicesOf, wordsOf } from '../../domain/listening/bulletin';
import { personMark, textOf } from '../../domain/listening/campaign';
import type { Activity } from '../../domain/message/activity';
import type { Town, Towns } from '../../domain/town';
import type { SubscriptionRows } from '../../store/rows/listening/subscriptions';
import type { Spending } from '../../store/rows/spending';
import type { CampaignCount, CampaignDraft } from './wire';

export interface CountParts {
  subscriptions: Pick<SubscriptionRows, 'of'>;
  spending: Pick<Spending, 'of'>;
  towns: Towns;
  /** How many pieces an activity is as a text message of a town. */
  smsPieces: (activity: Activity, town: Town) => number;
  /** What a town may send in a day. */
  piecesPerDay: number;
  clock: () => Date;
}

const PAGE = 1000;
/** Each costs a piece of a text message or about as much. */
const PAID = ['sms', 'whatsapp'];

export function createCampaignCount({ subscriptions, spending, towns, smsPieces, piecesPerDay, clock }: CountParts) {
  async function* readers(town: Town, { themes, sectors }: CampaignDraft) {
    for (const theme of themes) {
      for (let after = ''; ; ) {
        const page = await subscriptions.of(town.id, theme, PAGE, after);
        yield* page.filter(({ sector }) => sectors.length === 0 || sector === undefined || sectors.includes(sector));
        if (page.length < PAGE) break;
        after = page.at(-1)!.id;
      }
    }
  }

  function activityIn(town: Town, language: string, draft: CampaignDraft): Activity {
    const local = (each: Record<string, string> | undefined) => textOf(each ?? {}, language, town.languages[0]);
    const words = wordsOf(draft, local, (id, fields) => sentenceOf(towns, town.id, language, id, fields), true);
    const actions = choicesOf(draft, local).map((title) => ({ type: 'imBack' as const, title, value: title }));
    return {
      ...{ type: 'message', text: words, textFormat: 'plain', locale: language, channelData: { unprompted: true } },
      ...(actions.length > 0 ? { suggestedActions: { actions } } : {}),
    };
  }

  return async (town: Town, draft: CampaignDraft): Promise<CampaignCount> => {
    const piecesIn = Object.fromEntries(
      town.languages.map((language) => [language, smsPieces(activityIn(town, language, draft), town)]),
    );
    const seen = new Set<string>();
    const stopped = new Set<string>();
    const channels = new Map<string, number>();
    let pieces = 0;
    for await (const { state, channel, address, conversation, language } of readers(town, draft)) {
      const person = personMark(channel, address, conversation);
      if (state === 'stopped') stopped.add(person);
      if (state === 'stopped' || seen.has(person)) continue;
      seen.add(person);
      channels.set(channel, (channels.get(channel) ?? 0) + 1);
      if (channel === 'sms') pieces += piecesIn[language] ?? piecesIn[town.languages[0]] ?? 1;
    }
    const byChannel = [...channels].map(([channel, people]) => ({ channel, people })).sort((a, b) => b.people - a.people);
    const others = byChannel.filter(({ channel }) => PAID.includes(channel) && channel !== 'sms');
    const paid = pieces + others.reduce((sum, { people }) => sum + people, 0);
    const now = clock().toISOString().slice(0, 10);
    const { text, currency } = costsOf(town);
    const amount = paid * text;
    const left = Number.isFinite(piecesPerDay) ? Math.max(0, piecesPerDay - (await spending.of(town.id, now))) : undefined;
    return {
      ...{ people: seen.size, byChannel, pieces, piecesIn },
      skipped: [...stopped].filter((person) => !seen.has(person)).length,
      cost: { amount: Math.round(amount * 100) / 100, currency },
      ...(left === undefined ? {} : { left }),
    };
  };
}
