/**
 * Messages of the town hall about a theme: which ones, where that was not said, and whether they are wanted, where the words
 * may have meant something else. Nobody is written to who did not say so (protocols.md: consent).
 */
import { type Theme, themesNamed } from '../domain/listening/theme';
import { readChoice } from './choices';
import { type Dialog, isPhone, type Talk } from './dialog';

interface SubscribeData {
  /** Themes that are asked about; none: which ones is asked. */
  themes: string[];
  sector?: string;
  /** In which it was asked for. */
  words: string;
}

/** Characters of somebody's words that stand with their consent. */
const MOST_WORDS = 160;

const themesOf = ({ town }: Talk) => town.subscriptions?.themes ?? [];

export function namesOf(talk: Talk, themes: Theme[]): string {
  return themes.map(({ name }) => talk.local(name)).join(', ');
}

/** They are subscribed to, and it is said where the messages come and how they end. */
export async function subscribeTo(talk: Talk, themes: Theme[], words: string, sector?: string): Promise<void> {
  const [first] = themes;
  if (!first) return;
  const asked = words.slice(0, MOST_WORDS);
  // Whoever asks for messages wants to be written to again.
  if (!(await talk.lookups.mayWrite())) talk.act({ kind: 'recordConsent', given: true, words: asked });
  for (const { id } of themes) talk.act({ kind: 'subscribe', theme: id, words: asked, ...(sector ? { sector } : {}) });
  const theme = talk.local(first.name);
  const lines = [talk.t('subscriptions.done', { themes: namesOf(talk, themes) })];
  const place = talk.town.sectors?.find(({ id }) => id === sector);
  if (place) lines.push(talk.t('subscriptions.in-sector', { sector: talk.local(place.name) }));
  const { sms } = talk.town.senders;
  if (!isPhone(talk)) lines.push(talk.t('subscriptions.here'));
  if (!isPhone(talk) && sms?.startsWith('+')) lines.push(talk.t('subscriptions.by-text', { theme, number: sms }));
  lines.push(talk.t('subscriptions.how-to-end', { theme }));
  talk.say(lines.join('\n'));
}

export const subscribe: Dialog = {
  name: 'subscribe',
  async begin(talk, input) {
    ask(talk, input as SubscribeData);
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const { themes, sector, words } = input as SubscribeData;
    if (themes.length > 0) {
      const { yesNo } = await talk.entities();
      if (!yesNo) return { next: 'not-mine' };
      const asked = themesOf(talk).filter(({ id }) => themes.includes(id));
      if (yesNo === 'yes') await subscribeTo(talk, asked, `${words} | ${talk.text}`, sector);
      else talk.say(talk.t('subscriptions.unchanged'));
      return { next: 'done' };
    }
    const named = themesNamed(talk.town.subscriptions, talk.text);
    const options = themesOf(talk).map(({ id, name }) => ({ id, words: Object.values(name) }));
    const chosen = readChoice(talk.text, options, talk.choosing);
    const wanted = named.length > 0 ? named : themesOf(talk).filter(({ id }) => id === chosen);
    if (wanted.length === 0) return { next: 'not-mine' };
    await subscribeTo(talk, wanted, `${words} | ${talk.text}`, sector);
    return { next: 'done' };
  },
  askAgain() {
    // A question that was passed over is not repeated.
  },
};

function ask(talk: Talk, { themes }: SubscribeData): void {
  if (themes.length === 0) {
    talk.say(talk.t('subscriptions.which'), { choices: themesOf(talk).map(({ name }) => ({ title: talk.local(name) })) });
    return;
  }
  const asked = themesOf(talk).filter(({ id }) => themes.includes(id));
  talk.say(talk.t('subscriptions.ask', { themes: namesOf(talk, asked) }), {
    choices: [{ title: talk.t('yes') }, { title: talk.t('no') }],
  });
}
