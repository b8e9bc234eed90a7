/**
 * The one-stop desk: a visit, a call, a letter or an e-mail is noted as a conversation and, where something is to be done,
 * as a request. It goes through the inbox like any message, so that it is opened once however often it is sent; the topics,
 * the forms and the references are those that citizens get from the bot.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type CounterContact, type CounterReading, counterActivity, type ReadAtCounter } from '../../domain/desk/counter';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Receive } from '../../domain/message/letter';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Town, Towns } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import type { Mail } from '../../store/rows/mail';
import type { Tickets } from '../../store/rows/tickets';
import type { Answer, Caller, Frame } from '../api/frame';
import { maySee } from '../people/rights';
import type { Trail } from '../people/trail';
import { presentService } from '../present/agent';
import { mayRead } from '../present/scenes';
import { presentTicketRow } from '../present/ticket';
import { workedOff } from '../queue/worked-off';
import { type OfOneCitizen, ticketsOfCitizen } from '../tickets/of-citizen';
import type { ContactReading, ContactReceipt, TopicName } from '../wire';
import { Contact, Reading } from './requests';

export interface ContactParts {
  frame: Frame;
  towns: Towns;
  tickets: Tickets;
  conversations: Conversations;
  mail: Mail;
  trail: Trail;
  receive: Receive;
  readAtCounter: ReadAtCounter;
  clock: () => Date;
}

export function createContactRoutes(parts: ContactParts): Route[] {
  const { frame, towns, tickets, conversations, mail, trail, receive, readAtCounter, clock } = parts;
  const local = (text: Record<string, string> | undefined, town: Town, language: string): string =>
    text?.[language] ?? text?.[town.languages[0] ?? ''] ?? Object.values(text ?? {})[0] ?? '';

  /** A name that the town does not have, or null. */
  function unknownIn(town: Town, { topic, service, language }: CounterContact): string | null {
    if (topic && (towns.topic(town.id, topic)?.kind ?? 'control') === 'control') return topic;
    if (service && !town.services.some(({ id }) => id === service)) return service;
    return town.languages.includes(language) ? null : language;
  }

  /** Requests of the same phone or e-mail, whichever way they came, as far as this agent may see them. */
  const othersOf = ({ agent, town }: Caller, reach: CounterReading['reach']): Promise<OfOneCitizen> | OfOneCitizen =>
    reach ? ticketsOfCitizen(tickets, { address: reach.value, contact: reach.value }, agent, town) : { tickets: [], total: 0 };

  async function presentReading(caller: Caller, contact: CounterContact, read: CounterReading): Promise<ContactReading> {
    const { town, agent } = caller;
    const own = agent.settings.language;
    const topic = read.topic ? towns.topic(town.id, read.topic) : undefined;
    const fields = (topic?.form ?? []).filter(({ id }) => read.asked.includes(id));
    const others = await othersOf(caller, read.reach);
    return {
      heard: read.heard.map((one) => ({ ...one, title: local(towns.topic(town.id, one.topic)?.title, town, own) })),
      topic: topic?.id,
      fields: fields.map(({ id, kind, label, ask, required, choices }) => ({
        id,
        kind,
        label: local(label, town, own),
        ask: local(ask, town, contact.language),
        isRequired: required,
        isMissing: read.missing.includes(id),
        choices: choices?.map((choice) => ({ id: choice.id, label: local(choice.label, town, own) })),
        read: read.answers[id],
        refused: read.refused[id],
      })),
      answer: topic && topic.kind !== 'report' ? local(topic.answer, town, contact.language) : undefined,
      reach: read.reach?.text,
      reachRefused: read.reachRefused,
      others: others.tickets.map((one) => presentTicketRow(one, { town, towns, language: own })),
      othersTotal: others.total,
    };
  }

  async function note(caller: Caller, { actionId, text, ...contact }: z.infer<typeof Contact>): Promise<Answer> {
    const { agent, town, doer } = caller;
    const key = createHash('sha256').update(`${agent.id}|${actionId}`).digest('hex').slice(0, 32);
    const id = `counter:${key}`;
    if (!(await mail.inbox.get(id))) {
      const read = await readAtCounter(town.id, contact, clock());
      const isKnown = contact.service !== undefined || read.topic !== undefined;
      if (!isKnown || read.missing.length + Object.keys(read.refused).length > 0 || read.reachRefused)
        return refuse(422, 'incomplete', 'Something is missing, or could not be read', {
          reading: await presentReading(caller, contact, read),
        });
      const now = clock().toISOString();
      await receive({
        ...{ id, town: town.id, channel: contact.way, conversation: id, address: read.reach?.value ?? id },
        activity: counterActivity(town.id, { ...contact, topic: read.topic }, { id: agent.id, name: agent.name }, now),
      });
    }
    const row = await workedOff(mail, id);
    const conversation = row && (await conversations.find(id))?.conversation;
    if (!conversation) return refuse(503, 'late', 'It is kept, and not opened yet: ask again under the same id');
    const reference = conversation.queue?.ticket;
    await trail.did(doer, 'contact.noted', reference ? `ticket:${reference}` : `conversation:${id}`);
    const ticket = reference ? await tickets.byReference(town.id, reference) : null;
    if (text && ticket?.contact?.kind === 'phone') await sendReference(ticket, key, agent);
    const body: ContactReceipt = {
      conversation: mayRead(agent, conversation) ? id : undefined,
      ticket: ticket ? presentReceipt(ticket, town, agent.settings.language, maySee(agent, town, ticket)) : undefined,
      isSent: text === true && ticket?.contact?.kind === 'phone',
    };
    return { status: 201, body };
  }

  /** To the phone that was noted with it, once. */
  function sendReference({ town, reference }: Ticket, key: string, { id, name }: Caller['agent']): Promise<void> {
    const at = clock().toISOString();
    const event = { id: `told-${key}`, at, by: 'agent', agent: { id, name }, kind: 'recalled', isPublic: true } as const;
    return tickets.change(town, reference, event, () => ({}));
  }

  function presentReceipt(ticket: Ticket, town: Town, own: string, mayOpen: boolean): NonNullable<ContactReceipt['ticket']> {
    const service = town.services.find(({ id }) => id === ticket.service);
    return {
      ...presentTicketRow(ticket, { town, towns, language: ticket.language }),
      title: local(towns.topic(town.id, ticket.topic)?.title, town, ticket.language) || ticket.title,
      authority: local(town.authority, town, ticket.language),
      language: ticket.language,
      delayDays: ticket.delayDays,
      words: ticket.words,
      answers: ticket.answers.map(({ label, text }) => ({ label, value: text })),
      reach: [service?.phone, service?.email].filter((one) => one !== undefined),
      serviceName: presentService(town, ticket.service, own).name,
      hasPhone: ticket.contact?.kind === 'phone',
      mayOpen,
    };
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/topics',
      async handle({ caller: { agent, town } }) {
        const own = agent.settings.language;
        const items: TopicName[] = towns
          .topics(town.id)
          .filter(({ kind }) => kind !== 'control')
          .map(({ id, kind, title, service }) => ({
            ...{ id, kind: kind as TopicName['kind'], title: local(title, town, own) },
            service: service ? presentService(town, service, own) : undefined,
          }));
        return { status: 200, body: { items } };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/contacts/reading',
      body: Reading,
      async handle({ caller, body }) {
        const name = unknownIn(caller.town, body);
        if (name) return refuse(400, 'unknown-name', `The town has no topic, service or language ${name}`);
        return {
          status: 200,
          body: await presentReading(caller, body, await readAtCounter(caller.town.id, body, clock())),
        };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/contacts',
      body: Contact,
      async handle({ caller, body }) {
        const name = unknownIn(caller.town, body);
        return name ? refuse(400, 'unknown-name', `The town has no topic, service or language ${name}`) : note(caller, body);
      },
    }),
  ];
}
