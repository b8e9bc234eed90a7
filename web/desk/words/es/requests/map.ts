// The desk's page in Spanish: requests on the map of the town.
import { count } from '../count';

export const map = {
  show: 'Ver como',
  as: { list: 'Lista', map: 'Mapa' },
  label: 'Mapa de solicitudes',
  around: (place: string) => `Mapa: ${place}`,
  near: (n: number, metres: number) =>
    `${count(n, 'otra solicitud en curso', 'otras solicitudes en curso')} a menos de ${metres} m`,
  zoomIn: 'Acercar',
  zoomOut: 'Alejar',
  looks: { open: 'En curso', urgent: 'Prioritaria', done: 'Terminada', street: 'Número desconocido: mitad de la calle' },
  sight: (n: number) => `${count(n, 'solicitud', 'solicitudes')} a la vista`,
  here: (n: number) => `${count(n, 'solicitud', 'solicitudes')} en este punto`,
  all: 'Todo lo visible',
  more: (n: number) => `Y ${n} más: acerque el mapa.`,
  none: ['Nada que situar', 'Ninguna de estas solicitudes tiene un lugar conocido. La lista las muestra todas.'] as [
    string,
    string,
  ],
  noneHere: ['Nada a la vista', 'Aleje el mapa o muévalo.'] as [string, string],
  missing: (n: number) =>
    n > 1
      ? `${n} solicitudes sin lugar preciso están solo en la lista.`
      : 'Una solicitud sin lugar preciso está solo en la lista.',
  newest: (n: number) => `Solo se sitúan las ${n} más recientes.`,
};
