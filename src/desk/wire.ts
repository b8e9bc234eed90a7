/**
 * What the desk's page and its server say to each other under `/desk/api/`: shapes only. Times are ISO 8601 in UTC,
 * durations carry their unit, a missing field is not known. Requests are parsed by schemas beside the routes.
 */
import type { AgentSettings, AgentStatus, Role } from '../domain/agent';

export type { AgentSettings, AgentStatus, Role };

/** Every refusal: the HTTP status says its kind, the code is stable, the message is for people who read logs. */
export interface WireRefusal {
  error: { code: string; message: string; retryAfterSeconds?: number };
}

export interface AgentName {
  id: string;
  name: string;
}

export interface ServiceName {
  id: string;
  name: string;
}

/**
 * `POST /desk/api/session {email, password, town?}`, `GET /desk/api/me`, `PATCH /desk/api/me {status?, settings?, languages?}`;
 * `DELETE /desk/api/session` answers 204.
 */
export interface Me extends AgentName {
  email: string;
  town: { id: string; name: string; timeZone: string; languages: string[] };
  roles: Array<{ role: Role; services: ServiceName[] | 'all' }>;
  languages: string[];
  status: AgentStatus;
  /** Why it is away when the agent did not choose it: 'missed-offers', 'lost'. */
  statusReason?: string;
  load: number;
  capacity: number;
  settings: AgentSettings;
}

/** `POST /desk/api/invitation {code}`; 404 when it is unknown, used or too old. The first admin of a town has no e-mail yet. */
export interface InvitationLook {
  email?: string;
  name?: string;
  town: { id: string; name: string };
}

/** `GET /desk/api/audit?from=&to=` (dates) for admins: `{items}`, newest first; `/desk/api/audit.csv` the same as a file. */
export interface AuditRow {
  at: string;
  /** Missing where nobody was signed in. */
  by?: AgentName;
  what: string;
  subject: string;
  details?: Record<string, string>;
  network: string;
}
