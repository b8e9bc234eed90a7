/** What the audit log says that somebody saw or did. The page has words for each of them in every language it speaks. */
import type { AgentStatus } from '../../domain/desk/agent';
import type { OwnDataAct } from '../../domain/rights';
import type { ActionKind } from './actions';

export type Act =
  | `conversation.${ActionKind | 'read' | 'listened'}`
  | `link.${'first' | 'invite' | 'reset'}`
  | `status.${AgentStatus}`
  | `session.${'opened' | 'closed'}`
  | `agent.${'invited' | 'link-made' | 'changed' | 'disabled' | 'enabled'}`
  | `canned.${'added' | 'changed' | 'removed'}`
  | `service.${'paused' | 'resumed'}`
  | `ticket.${'read' | 'changed' | 'routed' | 'held' | 'released' | 'readers-read' | 'readers-exported' | 'merged' | 'split' | 'helper-ended'}`
  | `tickets.${'exported' | 'imported'}`
  | `incident.${'declared' | 'over'}`
  | `campaign.${'sent' | 'stopped'}`
  | `poll.${'sent' | 'exported'}`
  | `topic.${'flagged' | 'published' | 'undone'}`
  | `abuse.${'read' | 'exported'}`
  | `audit.${'read' | 'exported'}`
  | `api-key.${'made' | 'renewed' | 'ended'}`
  | `training.${'kept' | 'removed'}`
  | `webhook.${'replayed' | 'tested'}`
  | OwnDataAct
  | `person.${'looked-up' | 'erasing'}`
  | 'alert.acknowledged'
  | 'answer.proposed'
  | 'contact.noted'
  | 'eliminations.exported'
  | 'figures.exported'
  | 'misses.settled'
  | 'password.changed'
  | 'register.read'
  | 'search.used';

/** What else is said of it, by name; its values are ids and codes, which the page has words for. */
export type ActDetail =
  | 'again'
  | 'asker'
  | 'by'
  | 'conversations'
  | 'count'
  | 'from'
  | 'ground'
  | 'into'
  | 'isPublic'
  | 'kept'
  | 'name'
  | 'people'
  | 'pieces'
  | 'proof'
  | 'requests'
  | 'roles'
  | 'scopes'
  | 'state'
  | 'table'
  | 'themes'
  | 'to'
  | 'until'
  | 'withOpen';

/** What it was about: an act begins with it, and the audit log can be read by it. Several requests are found with one. */
export type ActKind = Exclude<Act extends `${infer Kind}.${string}` ? Kind : never, 'tickets'>;
