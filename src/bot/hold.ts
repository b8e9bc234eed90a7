/**
 * Keeping the thread: the dialog that is being held hears before the topics do, a question
 * asked in between is answered and the dialog goes on where it stood, and a second request of
 * the same message gets its turn after the first.
 */

import { dialogs, type Step, type Talk } from '../dialogs';
import type { DialogState, Memory } from '../domain/conversation';
import { answerQuestion } from './topics/answers';

/** Questions that whoever says something else has passed over. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  'danger',
  'choose',
  'status',
  'join',
  'opt-out',
  'pass-on',
  'survey',
  'subscribe',
]);

/** What steers the conversation and was offered beside topics: the dialog that it begins. */
const STEERED: Record<string, string> = { ticket_status: 'status', talk_to_human: 'person' };

const byName = new Map(dialogs.map((dialog) => [dialog.name, dialog]));

export async function dialogOnTop(talk: Talk): Promise<boolean> {
  const { memory } = talk;
  const top = memory.dialogs.at(-1);
  const dialog = top && byName.get(top.dialog);
  if (!top || !dialog) return false;
  const step = await dialog.hear(talk, top.data);
  if (step.next === 'not-mine') {
    // An offer passed over is put away; a form waits.
    if (PASSED_OVER.has(top.dialog)) memory.dialogs.pop();
    // None of what was offered for these words was meant.
    if (top.dialog === 'choose' && typeof top.data.text === 'string' && top.data.text)
      talk.act({ kind: 'recordMiss', reason: 'not-understood', words: top.data.text });
    return false;
  }
  memory.misses = 0;
  memory.dialogs.pop();
  await settle(talk, top.dialog, step);
  const below = memory.dialogs.at(-1);
  if (step.next === 'done' && !step.isQuiet && below) byName.get(below.dialog)?.askAgain(talk, below.data);
  return true;
}

/** Begins a dialog on top of what is held. */
export async function begin(talk: Talk, name: string, input: object): Promise<void> {
  const dialog = byName.get(name);
  if (!dialog) throw new Error(`There is no dialog "${name}"`);
  await settle(talk, name, await dialog.begin(talk, input));
}

async function settle(talk: Talk, name: string, step: Step): Promise<void> {
  if (step.next === 'wait' || step.next === 'digress')
    talk.memory.dialogs.push({ dialog: name, data: step.data as Record<string, unknown> });
  if (step.next === 'digress') await begin(talk, step.dialog, step.input);
  const steered = step.next === 'become' ? STEERED[step.topic] : undefined;
  if (steered) await begin(talk, steered, { text: talk.text });
  else if (step.next === 'become') await startTopic(talk, step.topic, step.text, { kept: step.kept });
  if (step.next === 'person') await begin(talk, 'person', { text: step.text, carried: step.carried, isMessage: step.isMessage });
}

/** A report becomes a form, a question an answer. Photos and a pin sent before go with the form. */
export async function startTopic(
  talk: Talk,
  id: string,
  text: string,
  { kept, near }: { kept?: object; near?: string } = {},
): Promise<void> {
  const topic = talk.topic(id);
  if (!topic) return;
  const { memory } = talk;
  memory.misses = 0;
  talk.act({ kind: 'recordTopic', topic: id, service: topic.service });
  // Of several requests each is answered from its own words: 'the price of a passport', not all that stands around it.
  if (topic.kind !== 'report') return answerQuestion(text && text !== talk.text ? await talk.about(text) : talk, id);
  const { held } = memory;
  memory.held = { files: [] };
  memory.lastTopic = undefined;
  memory.putAway = undefined;
  await begin(talk, 'form', { topic: id, text, place: held.place, files: held.files, kept, near });
}

/** What is asked for by a command and may stand beside a request in one message. */
const STEERS: ReadonlySet<string> = new Set(['ticket_status', 'privacy_request']);

/** Of a message that a command has answered ('where does it stand? And the lamp is out') the requests beside it have their turn after it. */
export async function noteBeside(talk: Talk): Promise<void> {
  const { heard } = talk;
  if (heard.beside || !heard.parts.some(({ topic }) => STEERS.has(topic))) return;
  const known = new Set<unknown>((await talk.lookups.ticketsHere()).map(({ topic }) => topic));
  // What is not seen to yet, and a new report of which is offered already.
  const held = talk.memory.dialogs.at(-1);
  if (held?.dialog === 'status') known.add(held.data.topic);
  const rest = heard.parts.filter(({ topic }) => talk.topic(topic) && !known.has(topic));
  for (const part of rest) wait(talk, part);
}

/** A request that has its turn when nothing is held any more; where something is, that is said. */
export function wait(talk: Talk, request: Memory['waiting'][number]): void {
  const { waiting } = talk.memory;
  const before = waiting.find(({ topic }) => topic === request.topic);
  // Said of it once more, while something else is held: it begins once, with all that was said.
  if (before && before.text !== request.text) before.text = [before.text, request.text].filter(Boolean).join(', ');
  if (!before) waiting.push(request);
  if (talk.memory.dialogs.length > 0) talk.say(talk.t('parts.later', { title: talk.local(talk.topic(request.topic)?.title) }));
}

/** When nothing is held any more, the next request of the same message begins. */
export async function followWaiting(talk: Talk): Promise<void> {
  const { memory } = talk;
  while (memory.dialogs.length === 0 && memory.waiting.length > 0) {
    const next = memory.waiting.shift();
    const topic = next && talk.topic(next.topic);
    if (!next || !topic) return;
    talk.say(talk.t('parts.next', { title: talk.local(topic.title) }));
    await startTopic(talk, next.topic, next.text, { near: next.near });
  }
}

/** Holds again what was put away, and asks what was being asked. */
export function resume(talk: Talk, state: DialogState): void {
  talk.memory.dialogs.push(state);
  byName.get(state.dialog)?.askAgain(talk, state.data);
}

/** After something else was answered, the dialog that was held before asks its question again. */
export function repeatPending(talk: Talk, pending: DialogState | undefined): void {
  const top = talk.memory.dialogs.at(-1);
  if (!top || top !== pending) return;
  byName.get(top.dialog)?.askAgain(talk, top.data);
}
