/**
 * Whose a request is when it is not the town's, and how it is handed over: the authorities that a town names, by e-mail or
 * by Open311. They stand in `partners:` of town.yml, or are the offices of the topics of kind "elsewhere".
 */
import type { Localised } from '../language/localised';
import type { Verified } from '../topic/topic';

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
  /** The photos of a request go along, by links that end. */
  photos?: true;
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
  /** Its photos go along, as the town had it when it was decided. */
  photos?: true;
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

/** What is decided of a handing over. */
export type HowHanded = Pick<Forward, 'way' | 'withPerson' | 'agreed' | 'photos'>;

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

/** Under which id its letter stands in the outbox. */
export function forwardLetterId(town: string, reference: string, { id }: Pick<Forward, 'id'>): string {
  return `forward:${town}:${reference}:${id}`;
}

const ADDRESS = 'open311:';
export const open311Address = (partner: string) => `${ADDRESS}${partner}`;
/** The partner that a letter of the lane `open311` goes to. */
export const partnerOfAddress = (address: string) => (address.startsWith(ADDRESS) ? address.slice(ADDRESS.length) : null);
