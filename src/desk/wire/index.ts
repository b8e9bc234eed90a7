/**
 * What the desk's page and its server say to each other under `/desk/api/`: shapes only. Times are ISO 8601 in UTC,
 * durations carry their unit, a missing field is not known. Requests are parsed by schemas beside the routes.
 */

export type { AbuseKind } from '../../domain/desk/abuse';
export type { AgentSettings, AgentStatus, Role } from '../../domain/desk/agent';
export type * from './actions';
export type * from './acts';
export type * from './board';
export type * from './conversations';
export type * from './counter';
export type * from './map';
export type * from './names';
export type * from './people';
export type * from './programs';
export type * from './requests';
export type * from './rights';
export type * from './stream';
export type * from './training';
