/** Who works at the desk: signed in, invited, changed, and what is on record about them. */
import type { AbuseFacts } from '../../domain/desk/abuse';
import type { AgentSettings, AgentStatus, Role } from '../../domain/desk/agent';
import type { AgentName, ServiceName } from './names';

/**
 * `POST /desk/api/session {email, password, town?}`, `GET /desk/api/me`, `PATCH /desk/api/me {status?, settings?, languages?}`;
 * `DELETE /desk/api/session` answers 204.
 */
export interface Me extends AgentName {
  /** Goes up with each change: what comes late is told from what is new. */
  version: number;
  email: string;
  /** `costOfText`: of a piece of a text message, in `currency` (ISO 4217). */
  town: { id: string; name: string; timeZone: string; languages: string[]; costOfText: number; currency: string };
  roles: Array<{ role: Role; services: ServiceName[] | 'all' }>;
  languages: string[];
  status: AgentStatus;
  /** Why it is away when the agent did not choose it: 'missed-offers', 'lost'. */
  statusReason?: string;
  load: number;
  capacity: number;
  settings: AgentSettings;
  /** In the room in which they train. */
  isTraining?: true;
}

/** `POST /desk/api/invitation {code}`; 404 when it is unknown, used or too old. The first admin of a town has no e-mail yet. */
export interface InvitationLook {
  email?: string;
  name?: string;
  town: { id: string; name: string };
}

/** `GET /desk/api/audit?from=&to=&by=&what=` (dates, an agent's id, how what was done begins) for admins: `{items}`, newest first; `/desk/api/audit.csv` the same as a file. */
export interface AuditRow {
  at: string;
  /** Missing where nobody was signed in. */
  by?: AgentName;
  what: string;
  subject: string;
  details?: Record<string, string>;
  network: string;
}

/** `GET /desk/api/abuse?from=&to=` (dates) for supervisors: `{items}`, newest first; `/desk/api/abuse.csv` the same as a file. */
export interface AbuseRow extends Omit<AbuseFacts, 'agent' | 'service'> {
  at: string;
  by: AgentName;
  service: ServiceName;
  conversation: string;
  channel: string;
}

/**
 * `GET /desk/api/people` for admins: `{items}`. `POST /desk/api/people {name, email, roles, languages?, capacity?}` and
 * `POST /desk/api/people/:id/link` answer `{person, link}`; `PATCH /desk/api/people/:id {version, name?, roles?, languages?,
 * capacity?, isDisabled?}` answers `{person}`. Whoever's roles change or who is disabled is signed out at once.
 */
export interface Person extends AgentName {
  email: string;
  roles: Me['roles'];
  languages: string[];
  capacity: number;
  status: AgentStatus;
  isDisabled: boolean;
  /** Nobody has used the link yet. */
  isInvited: boolean;
  version: number;
}
