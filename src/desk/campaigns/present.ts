/** A campaign as the page is shown it: how far it has come, and what was answered. */
import { type Campaign, isPollOpen, textOf } from '../../domain/listening/campaign';
import type { Town } from '../../domain/town';
import type { PollAnswers } from '../../store/rows/listening/poll-answers';
import type { Mail } from '../../store/rows/mail';
import type { CampaignView, PollView } from './wire';

export interface PresentParts {
  mail: Pick<Mail, 'countOf'>;
  pollAnswers: PollAnswers;
  /** Why a campaign waits; null when it is going out. */
  campaignWaits: (campaign: Campaign, town: Town) => Promise<CampaignView['waits'] | null>;
  clock: () => Date;
}

const MOST_WORDS = 200;

export function createCampaignPresenter({ mail, pollAnswers, campaignWaits, clock }: PresentParts) {
  async function lettersOf({ id }: Campaign): Promise<CampaignView['letters']> {
    const states = ['sent', 'due', 'sending', 'unknown', 'dead', 'cancelled'] as const;
    const [sent, due, sending, unknown, failed, cancelled] = await Promise.all(states.map((state) => mail.countOf(id, state)));
    return {
      sent: sent ?? 0,
      waiting: (due ?? 0) + (sending ?? 0) + (unknown ?? 0),
      failed: failed ?? 0,
      cancelled: cancelled ?? 0,
    };
  }

  async function pollOf(campaign: Campaign, language: string, isWhole: boolean): Promise<PollView | undefined> {
    const { town, id, poll } = campaign;
    if (!poll) return undefined;
    const answers = await pollAnswers.count(town, id);
    const about = { closesAt: poll.closesAt, isClosed: !isPollOpen(campaign, clock()), answers };
    if (!poll.choices) {
      if (!isWhole) return about;
      const read = await pollAnswers.of(town, id, MOST_WORDS, '');
      return { ...about, words: read.flatMap(({ words }) => words ?? []) };
    }
    const counts = await Promise.all(poll.choices.map((_, n) => pollAnswers.countOf(town, id, n)));
    const choices = poll.choices.map((choice, n) => ({ title: textOf(choice, language, language), count: counts[n] ?? 0 }));
    return { ...about, choices };
  }

  /** `isWhole`: with the words that were answered. */
  return async (campaign: Campaign, town: Town, language: string, isWhole: boolean): Promise<CampaignView> => {
    const { id, title, texts, themes, sectors, isUrgent, by, at, state, people, handed, skipped, resultsOf } = campaign;
    const [letters, poll, waits] = await Promise.all([
      lettersOf(campaign),
      pollOf(campaign, language, isWhole),
      state === 'sending' ? campaignWaits(campaign, town) : null,
    ]);
    return {
      ...{ id, title, texts, themes, sectors, isUrgent, by: by.name, at, state, people, handed, skipped, letters },
      ...(waits ? { waits } : {}),
      ...(resultsOf ? { isResults: true as const } : {}),
      ...(poll ? { poll } : {}),
    };
  };
}
