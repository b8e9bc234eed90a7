/** What is done to requests: opened, changed, followed, answered, and linked with each other. */
import type { Conversation, Pending } from '../../domain/conversation';
import type { Effect } from '../../domain/effect';
import { eventOf, fieldsAfter } from '../../domain/ticket/citizen-change';
import type { Helper } from '../../domain/ticket/helper';
import { isOpen, mayMove } from '../../domain/ticket/states';
import type { TicketEvent } from '../../domain/ticket/ticket';
import { FOR_A_PERSON } from '../../domain/topic/topic';
import { freeCallBack } from '../call-back';
import { endHelp } from '../events/helping';
import { standsAt } from '../events/merging';
import type { MailroomParts } from '../parts';

const MOST_LINKS = 50;

export function createRequestEffects({
  tickets,
  followers,
  callbacks,
  couriers,
}: Pick<MailroomParts, 'tickets' | 'followers' | 'callbacks' | 'couriers'>) {
  async function open(
    id: string,
    effect: Extract<Effect, { kind: 'openTicket' }>,
    { id: conversation, town, channel, address }: Conversation,
    { at }: Pending,
  ): Promise<void> {
    const state = effect.draft.agent ? 'assigned' : 'new';
    const opened: TicketEvent = { id, at, by: 'citizen', kind: 'opened', state, isPublic: true };
    await tickets.open({
      id,
      town,
      reference: effect.reference,
      state,
      ...effect.draft,
      conversation,
      channel,
      address,
      history: [opened],
      revision: 0,
      openedAt: at,
      updatedAt: at,
    });
    for (const { reference } of effect.draft.links ?? []) await linkBack(id, town, reference, effect.reference, at);
  }

  async function follow(
    id: string,
    { reference, words }: Extract<Effect, { kind: 'followTicket' }>,
    { town, channel, address, id: conversation }: Conversation,
    { at }: Pending,
  ): Promise<void> {
    await followers.add({ town, reference, conversation, channel, address, at });
    const event: TicketEvent = { id, at, by: 'citizen', kind: 'followed', text: words, isPublic: false };
    await tickets.change(town, reference, event, () => ({}));
  }

  /**
   * With the citizen's agreement: it stands in the history, and what the helper made is the citizen's from now on, in a
   * conversation of their own. The helper follows it from theirs; whoever helped before does no more.
   */
  async function actFor(
    id: string,
    { reference, name, contact, isTold }: Extract<Effect, { kind: 'actFor' }>,
    { town, channel, address, id: conversation }: Conversation,
    { at }: Pending,
  ): Promise<void> {
    const before = await tickets.byReference(town, reference);
    if (!before) return;
    for (const former of [before.helper?.conversation, conversation]) if (former) await followers.remove(town, reference, former);
    const event: TicketEvent = { id, at, by: 'citizen', helper: name, kind: 'helped', isPublic: false };
    const helper = { name, conversation, contact, isTold, at };
    await tickets.change(town, reference, event, (ticket) => ({
      helper,
      ...(ticket.conversation === conversation ? { contact, ...threadOf(town, contact) } : {}),
    }));
    await followers.add({ town, reference, conversation, channel, address, at, ...(isTold ? {} : { isQuiet: true }) });
  }

  /** Where whoever has this contact is written to, and writes from. */
  function threadOf(town: string, { kind, value }: Helper['contact']) {
    const courier = couriers.find(({ lane }) => lane === (kind === 'phone' ? 'sms' : 'email'));
    const thread = courier?.threadWith?.(town, value);
    return thread ? { ...thread, address: value } : {};
  }

  function endActing(
    id: string,
    { reference, byHelper }: Extract<Effect, { kind: 'endHelp' }>,
    { town }: Conversation,
    { at }: Pending,
  ): Promise<boolean> {
    return endHelp({ tickets, followers }, town, reference, { id, at, by: 'citizen' }, byHelper);
  }

  /** A request that has to do with another is seen from there too. */
  async function linkBack(id: string, town: string, reference: string, from: string, at: string): Promise<void> {
    const event: TicketEvent = { id: `${id}~link`, at, by: 'citizen', kind: 'linked', text: from, isPublic: false };
    await tickets.change(town, reference, event, ({ links = [] }) =>
      links.length < MOST_LINKS ? { links: [...links, { reference: from, kind: 'neighbour' }] } : null,
    );
  }

  async function update(
    id: string,
    { reference, change }: Extract<Effect, { kind: 'updateTicket' }>,
    conversation: Conversation,
    pending: Pending,
  ): Promise<void> {
    const standing = await standsAt(tickets, conversation.town, reference);
    const helper = (await tickets.byReference(conversation.town, reference))?.helper;
    const event: TicketEvent = {
      ...{ id, at: pending.at, by: 'citizen', isPublic: true },
      ...(helper?.conversation === conversation.id ? { helper: helper.name } : {}),
      ...eventOf(change),
    };
    await tickets.change(conversation.town, standing, event, (ticket) => fieldsAfter(ticket, change, pending.at));
    if (change.kind === 'cancel') await freeCallBack({ tickets, callbacks }, conversation.town, reference);
  }

  /** What a person wrote to end a request for one. */
  function answer(
    id: string,
    { reference, text, by: agent }: Extract<Effect, { kind: 'answerTicket' }>,
    { town }: Conversation,
    { at }: Pending,
  ): Promise<void> {
    const event: TicketEvent = { id, at, by: 'system', agent, kind: 'state', state: 'resolved', text, isPublic: true };
    return tickets.change(town, reference, event, (ticket) =>
      ticket.topic === FOR_A_PERSON && isOpen(ticket) && mayMove(ticket.state, 'resolved', 'system')
        ? { state: 'resolved' }
        : null,
    );
  }

  function recall(
    id: string,
    { reference }: Extract<Effect, { kind: 'recallReference' }>,
    { town }: Conversation,
    { at }: Pending,
  ): Promise<void> {
    return tickets.change(town, reference, { id, at, by: 'citizen', kind: 'recalled', isPublic: true }, () => ({}));
  }

  return { open, update, follow, actFor, endActing, answer, recall };
}
