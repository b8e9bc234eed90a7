/** Lines of the transcript that the town hall adds: what is said, with the letter that takes it to a citizen, and what is noted. */

import { createHash } from 'node:crypto';
import type { ChannelName, Conversation, Pending } from '../../domain/conversation';
import type { Effect, Speaker } from '../../domain/effect';
import { typedWords } from '../../domain/language/words';
import type { Activity } from '../../domain/message/activity';
import type { Courier } from '../../domain/message/courier';
import { unaskedOf } from '../../domain/message/letter';
import type { Line } from '../../store/rows/transcript';
import type { Fallback } from '../outbox/fallback';
import { orderOf, rowOf } from '../outbox/letter-row';
import type { Outbox } from '../outbox/outbox';
import { createUnread } from '../outbox/unread';
import type { MailroomParts } from '../parts';

/** @param courierOf who takes a channel's letters; none where citizens come and read. */
export function createLines(
  parts: MailroomParts,
  outbox: Pick<Outbox, 'write'>,
  fallback: Fallback,
  courierOf: (channel: ChannelName) => Courier | undefined,
) {
  const { transcript, ledger } = parts;
  const unread = createUnread(parts);

  async function say(
    id: string,
    { activity: said, by }: Extract<Effect, { kind: 'say' }>,
    conversation: Conversation,
    pending: Pending,
    line: number,
  ): Promise<void> {
    const { town, channel, address, holder } = conversation;
    const cause = pending.causes.at(-1) ?? '';
    // A citizen knows a person of the town hall by the first name, and no more.
    const name = by?.kind === 'agent' ? firstNameOf(by.name) : undefined;
    const activity: Activity = {
      ...said,
      id,
      timestamp: pending.at,
      channelId: channel === 'web' ? 'directline' : channel,
      conversation: { id: conversation.id },
      from: { id: town, role: 'bot', ...(name ? { name } : {}) },
      // What an agent's page asked for is none of the citizen's messages.
      ...(cause === stemOf(cause) ? { replyToId: cause } : {}),
      ...(name || holder === 'agent'
        ? {
            channelData: {
              ...said.channelData,
              ...(name ? { author: { kind: 'agent', name } } : {}),
              ...(holder === 'agent' ? { holder } : {}),
            },
          }
        : {}),
    };
    const writes: Array<Promise<unknown>> = [
      transcript.write({ id, town, conversation: conversation.id, line, at: pending.at, ...writtenBy(by), activity }),
    ];
    const at = Date.parse(pending.at);
    const order = orderOf(at, line);
    const message = { id, town, conversation: conversation.id, address, activity };
    const courier = courierOf(channel);
    if (courier) writes.push(outbox.write(rowOf({ ...message, channel: courier.lane }, { at, order })));
    else if (by?.kind === 'agent' && channel === 'web')
      writes.push(unread.later(conversation, { text: said.text ?? '', line, at, order }));
    else writes.push(fallback.beside({ ...message, channel, order }));
    // What people write is no answer of a machine's, and limits nobody.
    if ((courier?.isPaid || courier?.isAnsweredByMachines) && !unaskedOf(said) && by?.kind !== 'agent')
      writes.push(ledger.write(`${id}~answer`, { kind: 'answer', town, subject: address, at }));
    await Promise.all(writes);
  }

  function note(
    id: string,
    effect: Extract<Effect, { kind: 'note' | 'whisper' }>,
    { town, id: conversation }: Conversation,
    { at }: Pending,
    line: number,
  ): Promise<void> {
    const { kind: from, text, by } = effect;
    const activity: Activity = { type: 'message', id, timestamp: at, text, textFormat: 'plain' };
    const to = effect.kind === 'whisper' ? { to: effect.to } : {};
    return transcript.write({ id, town, conversation, line, at, ...writtenBy(by), from, ...to, activity });
  }

  return { say, note };
}

/** What the ids of effects begin with: an agent's action is named by who did it, and citizens read the ids of lines. */
export function stemOf(cause: string): string {
  return cause.startsWith('desk:') ? `desk:${createHash('sha256').update(cause).digest('hex').slice(0, 24)}` : cause;
}

function writtenBy(by: Speaker | undefined): Pick<Line, 'from' | 'agent'> {
  if (!by) return { from: 'bot' };
  switch (by.kind) {
    case 'agent':
      return { from: 'agent', agent: { id: by.id, name: by.name } };
    case 'system':
      return { from: 'system' };
  }
}

function firstNameOf(name: string): string {
  return typedWords(name)[0] ?? '';
}
