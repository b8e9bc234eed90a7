/**
 * How a request is handed to another authority: which ones there are, who was agreed to be named, what was asked for and why
 * it may not be, and the handing over that comes with making a request.
 */

import type { Ticket, TicketAnswer } from '../ticket/ticket';
import { isStillVerified, type Topic } from '../topic/topic';
import type { Town } from '../town';
import { type Authority, type Forward, type HowHanded, serviceCodeOf, wayTo } from './partner';

/** Those that are vouched for today, the town's own first. @param today YYYY-MM-DD in the town. */
export function authoritiesOf({ partners = [] }: Town, topics: readonly Topic[], today: string): Authority[] {
  return [...partners, ...topics.flatMap((topic) => authorityIn(topic) ?? [])].filter(({ verified }) =>
    isStillVerified(verified, today),
  );
}

/** Also one that nobody vouches for any more: what was said of it stays said. */
export function authorityOf({ partners = [] }: Town, topic: Topic | undefined, id: string): Authority | undefined {
  return partners.find((one) => one.id === id) ?? (topic && authorityIn(topic));
}

function authorityIn({ id, office, verified }: Topic): Authority | undefined {
  if (!office || !verified) return undefined;
  const { alsoCalled: _, ...facts } = office;
  return { id, ...facts, verified };
}

/** Whether the citizen agreed, in the form, that who they are goes along. */
export function hasAgreed({ form = [] }: Topic, answers: readonly Pick<TicketAnswer, 'field' | 'value'>[]): boolean {
  return form.some(({ id, agreement }) => agreement && answers.some(({ field, value }) => field === id && value === true));
}

/** Why a request is not handed over as it was asked; each with the cure. */
export const HANDING_FAULTS = {
  'unknown-office': 'Nobody vouches for such an authority today',
  'no-way': 'It is handed on with the state "moved" alone, to an authority that takes it by e-mail or Open311',
  'needs-agreement': 'Say how the citizen agreed that they are named',
} as const;

export interface Handing {
  state?: string;
  /** Id of the authority. */
  office?: string;
  forward?: { withPerson: boolean; agreed?: string };
}

/** How a request is handed over, as it was asked; nothing where it is only said whose it is. */
export function handingOf(
  town: Town,
  topics: readonly Topic[],
  { topic: about, answers }: Pick<Ticket, 'topic' | 'answers'>,
  { state, office, forward }: Handing,
  { today, ways }: { today: string; ways: ReadonlySet<string> },
): { forward?: HowHanded } | { wrong: keyof typeof HANDING_FAULTS } {
  const authority = office === undefined ? undefined : authoritiesOf(town, topics, today).find(({ id }) => id === office);
  if (office !== undefined && !authority) return { wrong: 'unknown-office' };
  if (!forward) return {};
  const way = authority && state === 'moved' ? wayTo(authority, about, ways) : null;
  if (!way) return { wrong: 'no-way' };
  const topic = topics.find(({ id }) => id === about);
  if (forward.withPerson && !forward.agreed && !(topic && hasAgreed(topic, answers))) return { wrong: 'needs-agreement' };
  return { forward: { ...forward, way, ...(authority?.photos && { photos: true }) } };
}

/** The handing over that comes with making a request about a topic; none where the town does not want it. */
export function forwardAtOnce(
  { partners = [] }: Town,
  topic: Topic,
  answers: readonly Pick<TicketAnswer, 'field' | 'value'>[],
  now: Date,
): Forward | undefined {
  const partner = partners.find(({ topics }) => topics?.includes(topic.id));
  const way = partner && (partner.open311 && serviceCodeOf(partner.open311, topic.id) ? 'open311' : partner.email && 'email');
  if (!partner || !way) return undefined;
  return {
    ...{ id: 'at-once', to: partner.id, way, withPerson: hasAgreed(topic, answers) },
    ...(partner.photos && { photos: true as const }),
    ...{ at: now.toISOString(), state: 'to-send', lookAt: now.getTime() },
  };
}
