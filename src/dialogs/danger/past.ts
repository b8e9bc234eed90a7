/**
 * A danger that was told as over or in good hands: half an hour long what is said of it is heard as that, and it may begin
 * again.
 */

import type { PastDanger } from '../../domain/conversation';
import type { DangerKind } from '../../domain/language/danger';
import type { Talk } from '../dialog';
import { adviseAgain, type DangerData, fieldsOf, goOn, say } from './advice';
import { answerSaid, LEFT_BEHIND, saysOf } from './answered';

/** After the talk of danger has ended so many further messages, soon enough, may still be about it. */
const MOST_AFTER = 4;
const MOST_DOUBTED = 2;
const SOON = 30 * 60_000;
/** From so much on what is said is surely about something else. */
export const SURELY = 0.8;

/** Help has been called: the alert says so, and the citizen is thanked. */
export function sayCalled(talk: Talk, danger: DangerKind): void {
  talk.act({ kind: 'alert', news: 'help-called', danger });
  const minor = talk.memory.isMinor ? 'minor.' : '';
  const id = danger === 'self-harm' ? 'danger.called-self-harm' : `danger.${minor}called`;
  talk.say(talk.t(id, fieldsOf(talk, danger)));
}

export function sayOver(talk: Talk, danger: DangerKind): void {
  talk.act({ kind: 'alert', news: 'over', danger });
  say(talk, `danger.${talk.memory.isMinor ? 'minor.' : ''}over`, danger);
}

export function sayFalseAlarm(talk: Talk, danger: DangerKind): void {
  talk.act({ kind: 'alert', news: 'false-alarm', danger });
  talk.say(talk.t('danger.false-alarm', fieldsOf(talk, danger)));
}

export function remember({ memory, lookups }: Talk, { danger, advised }: DangerData, isCalled?: true): void {
  memory.pastDanger = { danger, advised, left: MOST_AFTER, at: lookups.now.toISOString(), isCalled };
}

/** It was only told in case: 'found her, thank you' is heard as what it is, and nothing is pressed on anybody. */
export function rememberDoubt({ memory, lookups }: Talk, danger: DangerKind): void {
  memory.pastDanger = { danger, advised: 0, left: MOST_DOUBTED, at: lookups.now.toISOString(), isDoubted: true };
}

/** Takes one of the further messages that may still be about a danger; it is null where none was, or it is long ago. */
export function recallDanger({ memory, lookups }: Talk): PastDanger | null {
  const { pastDanger: past } = memory;
  if (!past) return null;
  const isRecent = past.left > 0 && lookups.now.getTime() - Date.parse(past.at) < SOON;
  memory.pastDanger = isRecent ? { ...past, left: past.left - 1 } : undefined;
  return isRecent ? past : null;
}

/** "He is coming back", once it was told as over. Whoever was missing and is back is safe. */
export function beginsAgain(talk: Talk, { danger, isDoubted }: PastDanger): boolean {
  return (
    !isDoubted &&
    danger !== 'missing' &&
    danger !== 'self-harm' &&
    talk.means('danger-again') &&
    !talk.text.includes('?') &&
    !isRequest(talk)
  );
}

/** Whether somebody who thinks of dying is being talked with, or was just now. */
export function thinksOfDying({ memory, lookups }: Talk): boolean {
  const past = memory.pastDanger;
  if (past?.danger === 'self-harm' && lookups.now.getTime() - Date.parse(past.at) < SOON) return true;
  return memory.dialogs.some(({ dialog, data }) => dialog === 'danger' && data.danger === 'self-harm');
}

/** Whoever wants no more messages in the middle of it is told once more whom to call, and is heard as before. */
export function keepCalling(talk: Talk): void {
  const { memory } = talk;
  const held = memory.dialogs.findLast(({ dialog }) => dialog === 'danger');
  const past = thinksOfDying(talk) ? memory.pastDanger : undefined;
  const data = (held?.data as DangerData | undefined) ?? (past && { danger: past.danger, said: [], advised: past.advised });
  if (!data) return;
  memory.dialogs = memory.dialogs.filter((each) => each !== held);
  memory.dialogs.push({ dialog: 'danger', data: { ...adviseAgain(talk, data) } });
}

/** "They are on their way", "it is out now", said after the talk of danger has ended: not the answer to any other question. */
export function hearAfterwards(talk: Talk, { danger, advised, isCalled, isDoubted }: PastDanger): boolean {
  const says = saysOf(talk, danger, isCalled);
  // 'Can we turn on the lights?' is about the gas, and reports no street light.
  if (isRequest(talk) && !(LEFT_BEHIND.has(danger) && says('back'))) return false;
  // Help is late, what is to be done meanwhile, may we go back in: it is talked of again.
  const data: DangerData = { danger, said: [], advised };
  const more = isDoubted ? null : (answerSaid(talk, data, says) ?? (talk.means('danger-what') ? goOn(talk, data) : null));
  if (more) talk.memory.dialogs.push({ dialog: 'danger', data: { ...more } });
  else if (says('called')) {
    sayCalled(talk, danger);
    remember(talk, data, true);
  } else if (danger !== 'self-harm' && says('over')) sayOver(talk, danger);
  else if (danger !== 'self-harm' && says('mistake')) sayFalseAlarm(talk, danger);
  else return false;
  return true;
}

function isRequest({ heard, topic }: Talk): boolean {
  const [top] = heard.intents;
  return heard.zone === 'act' && top !== undefined && top.confidence > SURELY && topic(top.topic) !== undefined;
}
