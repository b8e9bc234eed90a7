// The desk's page in Spanish: what the audit log says beside what was done.
import type { ActDetail } from '../../../../../src/desk/wire';

export const details: Record<ActDetail, string> = {
  again: 'reenviados',
  asker: 'pedido por',
  by: 'por',
  conversations: 'conversaciones',
  count: 'cantidad',
  from: 'de',
  ground: 'motivo',
  into: 'en',
  isPublic: 'dicho al ciudadano',
  kept: 'conservadas',
  name: 'nombre',
  people: 'personas',
  pieces: 'SMS',
  proof: 'identidad',
  requests: 'solicitudes',
  roles: 'permisos',
  scopes: 'permisos',
  state: 'estado',
  table: 'tabla',
  themes: 'temas',
  to: 'a',
  until: 'hasta',
  withOpen: 'también las solicitudes en curso',
};
