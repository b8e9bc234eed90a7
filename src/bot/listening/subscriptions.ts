/**
 * 'Prévenez-moi des travaux', 'alerte crue', 'mes abonnements', 'désabonnez-moi des travaux': what citizens ask to be told of.
 * Heard before 'stop', which ends everything, so that one theme can be ended alone.
 */
import { namesOf, subscribeTo, type Talk } from '../../dialogs';
import { sectorOf } from '../../domain/land/sector';
import { countWords, phraseKey } from '../../domain/language/words';
import { besideThemes, themesNamed } from '../../domain/listening/theme';
import { begin } from '../hold';

/** More words beside a theme are a story, in which nothing is asked for. */
const MOST_BESIDE = 10;
/** Characters: more are a story too, and are not looked through. */
const LONGEST = 200;
/** A wish to be told, without saying of what: no longer than this. */
const SHORT = 5;
/** What is being asked of somebody who says it. */
const ANSWERING: ReadonlySet<string> = new Set(['form', 'person', 'danger', 'change', 'join']);

export async function subscriptions(talk: Talk): Promise<boolean> {
  const { town, text, heard, memory, conversation } = talk;
  const held = memory.dialogs.at(-1)?.dialog ?? '';
  if (!town.subscriptions || text === '' || text.length > LONGEST || conversation.holder !== 'bot') return false;
  if (heard.danger || talk.activity.channelData?.optOut) return false;
  const named = themesNamed(town.subscriptions, text);
  // In the middle of a form only a wish that names its theme is no answer; the form then asks its question again.
  const isPlain = held === 'form' && named.length > 0 && talk.means('subscribe');
  if (ANSWERING.has(held) && !isPlain) return false;
  const beside = besideThemes(town.subscriptions, text);
  if (countWords(beside) > MOST_BESIDE) return false;
  const isTaken = (await isEnded(talk, named)) || (await isAskedFor(talk, named, beside));
  // A theme of the town's is named in a language of the town's, short as the words are.
  if (isTaken) delete memory.foreign;
  return isTaken;
}

async function isEnded(talk: Talk, named: ReturnType<typeof themesNamed>): Promise<boolean> {
  if (named.length === 0 || !talk.means('unsubscribe')) return false;
  const mine = new Set((await talk.lookups.subscriptions()).map(({ theme }) => theme));
  // Whoever has none and wants no messages has said STOP.
  if (mine.size === 0) return false;
  const ended = named.filter(({ id }) => mine.has(id));
  talk.memory.dialogs = talk.memory.dialogs.filter(({ dialog }) => dialog !== 'subscribe');
  if (ended.length === 0) {
    talk.say(talk.t('subscriptions.not-yours', { themes: namesOf(talk, named) }));
    return true;
  }
  for (const { id } of ended) talk.act({ kind: 'unsubscribe', theme: id, words: talk.text.slice(0, 160) });
  const left = themesLeft(
    talk,
    [...mine].filter((theme) => !ended.some(({ id }) => id === theme)),
  );
  const lines = [talk.t('subscriptions.ended', { themes: namesOf(talk, ended) })];
  if (left.length > 0) lines.push(talk.t('subscriptions.left', { themes: namesOf(talk, left) }));
  talk.say(lines.join('\n'));
  return true;
}

async function isAskedFor(talk: Talk, named: ReturnType<typeof themesNamed>, beside: string): Promise<boolean> {
  const { text, heard, memory } = talk;
  const ids = named.map(({ id }) => id);
  if (named.length > 0) {
    if (talk.means('subscribe')) {
      memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog !== 'subscribe' && dialog !== 'choose');
      await subscribeTo(talk, named, text, await sectorSaid(talk));
      return true;
    }
    // 'Alerte crue' may be a warning, 'vous auriez pu me prévenir des travaux' a complaint: it is asked.
    const isPerhaps = talk.means('subscribe-perhaps') || (beside !== '' && talk.means('alert-for', beside));
    if (!isPerhaps) return false;
    await begin(talk, 'subscribe', { themes: ids, words: text, sector: await sectorSaid(talk) });
    return true;
  }
  if (talk.means('subscriptions')) return list(talk);
  const isOpen = talk.means('subscribe-any') || (talk.means('subscribe') && heard.zone !== 'act' && countWords(text) <= SHORT);
  if (!isOpen) return false;
  await begin(talk, 'subscribe', { themes: [], words: text, sector: await sectorSaid(talk) });
  return true;
}

/** The sector that is named, or that a street named lies in: what happens there alone is wanted. */
async function sectorSaid(talk: Talk): Promise<string | undefined> {
  const { town, text } = talk;
  if (!town.sectors?.length) return undefined;
  const said = ` ${phraseKey(text)} `;
  const named = town.sectors.find(({ name }) => Object.values(name).some((one) => said.includes(` ${phraseKey(one)} `)));
  return (named ?? sectorOf(town, (await talk.entities()).place ?? undefined))?.id;
}

const themesLeft = ({ town }: Talk, ids: string[]) => (town.subscriptions?.themes ?? []).filter(({ id }) => ids.includes(id));

async function list(talk: Talk): Promise<boolean> {
  const mine = (await talk.lookups.subscriptions()).map(({ theme }) => theme);
  const themes = themesLeft(talk, mine);
  if (themes.length === 0) {
    await begin(talk, 'subscribe', { themes: [], words: talk.text });
    return true;
  }
  talk.say(talk.t('subscriptions.list', { themes: namesOf(talk, themes) }), {
    choices: themes.map(({ name }) => ({ title: talk.t('subscriptions.end-one', { theme: talk.local(name) }) })),
  });
  return true;
}
