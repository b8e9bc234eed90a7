// The desk's page in French: what the audit log says beside what was done.
import type { ActDetail } from '../../../../../src/desk/wire';

export const details: Record<ActDetail, string> = {
  again: 'renvoyés',
  asker: 'demandé par',
  by: 'par',
  conversations: 'conversations',
  count: 'nombre',
  from: 'de',
  ground: 'motif',
  into: 'dans',
  isPublic: 'dit à l’habitant',
  kept: 'conservées',
  name: 'nom',
  people: 'personnes',
  pieces: 'SMS',
  proof: 'identité',
  requests: 'demandes',
  roles: 'droits',
  scopes: 'droits',
  state: 'état',
  table: 'tableau',
  themes: 'thèmes',
  to: 'à',
  until: 'jusqu’au',
  withOpen: 'demandes en cours comprises',
};
