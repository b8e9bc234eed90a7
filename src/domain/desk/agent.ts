/**
 * Who answers citizens at the town hall, and what each may do: roles by service, decided here and nowhere else.
 * A role holds for some services or for all of a town; a higher role may whatever a lower one may there.
 */

export const ROLES = ['agent', 'supervisor', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export type AgentStatus = 'available' | 'away';

/** A role, and the services (by id) that it holds for. */
export interface Grant {
  role: Role;
  services: string[] | 'all';
}

/** How an agent likes the desk to be. */
export interface AgentSettings {
  language: string;
  theme: 'system' | 'light' | 'dark';
  density: 'comfortable' | 'compact';
  keys: boolean;
  sound: boolean;
  /** What it is heard for; everything when absent. */
  soundFor?: Array<'queue' | 'mine' | 'mention' | 'danger'>;
  /** It sounds again until the page is looked at. */
  soundRepeats?: boolean;
  /** Words that hurt are covered until asked for. */
  coversAbuse?: boolean;
  /** How long an answer can be taken back before it leaves; not at all when absent or 0. */
  undoSeconds?: number;
  /** The services (ids) that they passed conversations to last, the last first. */
  passedTo?: string[];
  /** Kept under a name, to be chosen again on any screen. */
  filters?: SavedFilter[];
  /** As the agent left it: what the lists are narrowed to, whether the citizen's pane is there, requests are a map, how wide panes are. */
  shown?: { desk?: Filter; tickets?: Filter; citizen?: boolean; map?: boolean; widths?: PaneWidths };
}

/** Of the desk's panes, in rem; the page's own when absent. */
export interface PaneWidths {
  list?: number;
  citizen?: number;
}

/** The narrowest and the widest that a pane can be made, in rem. */
export const PANE_WIDTH = { least: 14, most: 26 };

/** What a list is narrowed to; of requests also by their state. */
export interface Filter {
  service?: string;
  sector?: string;
  state?: 'open' | 'closed' | 'all';
}

export interface SavedFilter extends Filter {
  id: string;
  name: string;
  /** Of conversations or of requests. */
  view: 'desk' | 'tickets';
  /** Which of the lists of conversations. */
  list?: 'queue' | 'mine' | 'parked';
}

export const MOST_UNDO_SECONDS = 10;

export interface Agent {
  /** `<town>:<n>`. */
  id: string;
  town: string;
  name: string;
  /** In lower case; one in a town. */
  email: string;
  /** Argon2id of the password; null until the one-time link was used. */
  hash: string | null;
  /** How the town's directory names them: its address, a space, its name for them. */
  directory?: string;
  roles: Grant[];
  languages: string[];
  /** Conversations that are answered at the same time. */
  capacity: number;
  status: AgentStatus;
  /** Why it is away when the agent did not choose it: 'missed-offers', 'lost'. */
  statusReason?: string;
  /** When its status last changed (ISO). */
  statusAt?: string;
  settings: AgentSettings;
  /** The page's language was chosen here; until then it is the browser's at each sign-in. */
  hasChosenLanguage?: true;
  /** Conversations given to this agent, since when (milliseconds since 1970). */
  slots: Array<{ conversation: string; since: number }>;
  /** When a conversation was last given (milliseconds since 1970); 0 when never. */
  lastGivenAt: number;
  /** Offers in a row that were not taken. */
  missed: number;
  /** The one conversation that is being offered, by the offer's id. Its place is taken already. */
  offering?: { id: string; conversation: string };
  /** Since when (ISO) nobody signs in as this agent. */
  disabledAt?: string;
  createdAt: string;
  /** Raised by one with each change. */
  version: number;
}

/**
 * Whether a role of this rank or a higher one holds for the service; without a service, for any. Who is an `agent` of a
 * service reads and answers what concerns it; a `supervisor` watches over it: its board, its people, its canned replies.
 */
export function holds(agent: Pick<Agent, 'roles'>, least: Role, service?: string): boolean {
  return agent.roles.some(
    ({ role, services }) =>
      ROLES.indexOf(role) >= ROLES.indexOf(least) && (service === undefined || services === 'all' || services.includes(service)),
  );
}

/** Whether the agent invites and disables others, gives roles, and reads the audit log: an admin of the whole town. */
export function mayAdminister(agent: Pick<Agent, 'roles'>): boolean {
  return agent.roles.some(({ role, services }) => role === 'admin' && services === 'all');
}

/** A tab of an agent says every fifteen seconds that it is there; three times unheard, it is not. */
export const PRESENT_MS = 45_000;
