/**
 * What the town hall wrote once to many, told to one of them: in their language, with how to stop it. It comes unasked, so
 * it changes nothing of what is being talked about; a question that nothing else is asked beside can be answered by a number.
 */
import { isPhone, type Talk } from '../../dialogs';
import { choicesOf, wordsOf } from '../../domain/listening/bulletin';
import { type Campaign, isPollOpen, readBulletin } from '../../domain/listening/campaign';
import type { Unasked } from '../../domain/message/letter';

/** Characters of a template's variable: the whole must stay below 1,024. */
const LONGEST_VARIABLE = 700;

export async function bulletin(talk: Talk): Promise<boolean> {
  const id = readBulletin(talk.activity);
  const campaign = id && (await talk.lookups.campaign(id));
  if (!campaign) return false;
  const { memory, lookups } = talk;
  const isOver = campaign.poll !== undefined && !isPollOpen(campaign, lookups.now);
  if (campaign.state === 'stopped' || isOver || !(await lookups.mayWrite())) return true;
  const { offered } = memory;
  const choices = choicesOf(campaign, talk.local).map((title) => ({ title }));
  talk.say(wordsOf(campaign, talk.local, talk.t, isPhone(talk)), { choices, channelData: { ...unasked(talk, campaign) } });
  // What was offered before is still there to be chosen from, while it is being talked about.
  if (choices.length === 0 || memory.dialogs.length > 0) memory.offered = offered;
  if (campaign.poll) memory.poll = { id: campaign.id, at: lookups.now.toISOString() };
  return true;
}

function unasked(talk: Talk, campaign: Campaign): Unasked {
  const isWhatsApp = talk.conversation.channel === 'whatsapp';
  const [first = ''] = Object.values(campaign.texts);
  const text = talk.local(campaign.texts) || first;
  const numbered = choicesOf(campaign, talk.local).map((title, n) => `${n + 1}. ${title}`);
  // Meta refuses a variable that holds a line break or many spaces.
  const words = [text, ...numbered].join(' ').replace(/\s+/g, ' ').slice(0, LONGEST_VARIABLE);
  const variables = { 1: talk.local(talk.town.authority), 2: words };
  return {
    unprompted: true,
    campaign: campaign.id,
    ...(isWhatsApp ? { template: { name: 'town_news', variables } } : {}),
    ...(isWhatsApp && talk.town.senders.sms ? { fallback: 'sms' as const } : {}),
  };
}
