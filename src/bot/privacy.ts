/** What becomes of what citizens write: who reads it, what for, how long it is kept; and one more word on it right after. */
import type { Talk } from '../dialogs';
import { countWords } from '../domain/language/words';

const FRESH = 30 * 60_000;
/** Words of a question that leans on what was told. */
const SHORT = 9;

export async function tellPrivacy(talk: Talk): Promise<boolean> {
  const { contact, url } = talk.town.privacy;
  talk.memory.toldOfData = talk.lookups.now.toISOString();
  const kept = talk.means('asks-time') ? `${howLong(talk)} ` : '';
  talk.say(kept + talk.t('privacy', { contact, url }), { choices: [{ title: talk.t('person.ask') }] });
  return true;
}

/** 'And my phone number?', 'who can see it?', 'for how long?' after that. */
export function tellMoreOfPrivacy(talk: Talk): boolean {
  const { memory, heard, lookups, text } = talk;
  const isFresh = memory.toldOfData !== undefined && lookups.now.getTime() - Date.parse(memory.toldOfData) < FRESH;
  const [top] = heard.intents;
  const isElse = heard.zone === 'act' && top !== undefined && top.topic !== 'privacy_request';
  if (!isFresh || isElse || countWords(text) > SHORT) return false;
  const isTime = talk.means('asks-time');
  if (!isTime && !talk.means('data-kept')) return false;
  const { contact, url } = talk.town.privacy;
  talk.say(isTime ? howLong(talk) : talk.t('privacy.also', { contact, url }), { choices: [{ title: talk.t('person.ask') }] });
  return true;
}

function howLong({ town, t }: Talk): string {
  const { retention, privacy } = town;
  if (!retention) return t('legal.kept-always', { contact: privacy.contact });
  const { conversations, inUse, restricted } = retention;
  return t('legal.kept', { conversations, in_use: inUse, restricted });
}
