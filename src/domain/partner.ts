/**
 * Whose a request is when it is not the town's, and how it is handed over: the authorities that a town names, by e-mail or
 * by Open311. They stand in `partners:` of town.yml, or are the offices of the topics of kind "elsewhere".
 */
import type { Localised } from './language/localised';
import type { Ticket, TicketAnswer } from './ticket/ticket';
import { isStillVerified, type Topic, type Verified } from './topic/topic';
import type { Town } from './town';

/** A server that speaks Open311 GeoReport v2. */
export interface Open311Endpoint {
  /** Where `requests.json` stands behind; without a last slash. */
  url: string;
  jurisdiction?: string;
  /** What a request is called there, by our topic; `other` for every other. */
  services: Record<string, string>;
  /** Name of its key in the setting OPEN311_KEYS. */
  key?: string;
  /** It wants the key from readers too. */
  readsWithKey?: true;
  format: 'json' | 'xml';
  /** It knows a repeated sending by its Idempotency-Key, so that a lost answer is asked for again. */
  knowsRepeats?: true;
  /** What is done when it says that a request is closed: shown to the service, or told to the citizen at once. */
  onClosed: 'propose' | 'tell';
}

export interface Partner {
  id: string;
  name: Localised;
  phone?: string;
  web?: string;
  address?: string;
  email?: string;
  verified: Verified;
  /** Requests of these topics are handed over as soon as they are made, and stay the town's. */
  topics?: string[];
  open311?: Open311Endpoint;
}

/** An authority as whoever chooses among them sees it. */
export type Authority = Omit<Partner, 'topics'>;

export type ForwardWay = 'email' | 'open311';

/** Handed to another authority. */
export interface Forward {
  /** Of what decided it; the id of its letter is made from it. */
  id: string;
  /** Id of the authority. */
  to: string;
  way: ForwardWay;
  /** Whether who made the request goes along; else the words and the place alone. */
  withPerson: boolean;
  /** How the citizen agreed, as the agent noted it. */
  agreed?: string;
  at: string;
  state: 'to-send' | 'on-its-way' | 'sent' | 'failed';
  /** The authority's own, once it is known. */
  reference?: string;
  /** A reference is promised for this one. */
  token?: string;
  status?: 'open' | 'closed';
  /** What the authority says of it. */
  notes?: string;
  /** How often in a row it could not be asked. */
  failures?: number;
  /** When it is next to be looked at (milliseconds since 1970); 0 when not. */
  lookAt: number;
}

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

/** By which way a request about this topic reaches it, of the ways that are open here; null by none. */
export function wayTo({ open311, email }: Authority, topic: string, open: ReadonlySet<string>): ForwardWay | null {
  if (open311 && open.has('open311') && serviceCodeOf(open311, topic)) return 'open311';
  return email && open.has('email') ? 'email' : null;
}

export function serviceCodeOf({ services }: Open311Endpoint, topic: string): string | undefined {
  return services[topic] ?? services.other;
}

/** How it is reached, in one line. */
export function reachOf({ phone, address, web }: Pick<Authority, 'phone' | 'address' | 'web'>): string {
  return [phone, address, web].filter(Boolean).join(', ');
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
): { forward?: Pick<Forward, 'way' | 'withPerson' | 'agreed'> } | { wrong: keyof typeof HANDING_FAULTS } {
  const authority = office === undefined ? undefined : authoritiesOf(town, topics, today).find(({ id }) => id === office);
  if (office !== undefined && !authority) return { wrong: 'unknown-office' };
  if (!forward) return {};
  const way = authority && state === 'moved' ? wayTo(authority, about, ways) : null;
  if (!way) return { wrong: 'no-way' };
  const topic = topics.find(({ id }) => id === about);
  if (forward.withPerson && !forward.agreed && !(topic && hasAgreed(topic, answers))) return { wrong: 'needs-agreement' };
  return { forward: { ...forward, way } };
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
    ...{ at: now.toISOString(), state: 'to-send', lookAt: now.getTime() },
  };
}

/** Under which id its letter stands in the outbox. */
export function forwardLetterId(town: string, reference: string, { id }: Pick<Forward, 'id'>): string {
  return `forward:${town}:${reference}:${id}`;
}

const ADDRESS = 'open311:';
export const open311Address = (partner: string) => `${ADDRESS}${partner}`;
/** The partner that a letter of the lane `open311` goes to. */
export const partnerOfAddress = (address: string) => (address.startsWith(ADDRESS) ? address.slice(ADDRESS.length) : null);
