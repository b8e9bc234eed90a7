// The desk's page in French: requests on the map of the town.
import { count } from '../count';

export const map = {
  show: 'Affichage',
  as: { list: 'Liste', map: 'Carte' },
  label: 'Carte des demandes',
  around: (place: string) => `Plan : ${place}`,
  near: (n: number, metres: number) => `${count(n, 'autre demande en cours', 'autres demandes en cours')} à moins de ${metres} m`,
  zoomIn: 'Agrandir',
  zoomOut: 'Réduire',
  looks: { open: 'En cours', urgent: 'Prioritaire', done: 'Terminée', street: 'Numéro inconnu : milieu de la rue' },
  sight: (n: number) => `${count(n, 'demande', 'demandes')} dans le cadre`,
  here: (n: number) => `${count(n, 'demande', 'demandes')} à cet endroit`,
  all: 'Tout le cadre',
  more: (n: number) => `Et ${n} de plus : rapprochez-vous.`,
  none: ['Rien à situer', 'Aucune de ces demandes n’a de lieu connu. La liste les montre toutes.'] as [string, string],
  noneHere: ['Rien dans ce cadre', 'Éloignez-vous, ou déplacez la carte.'] as [string, string],
  missing: (n: number) =>
    n > 1 ? `${n} demandes sans lieu précis ne sont que dans la liste.` : 'Une demande sans lieu précis n’est que dans la liste.',
  newest: (n: number) => `Seules les ${n} plus récentes sont situées.`,
};
