// The desk's page in Spanish: words that hurt, what is done about them, and what the employer reads.
import type { Words } from '../fr';

export const abuse: Words['abuse'] = {
  title: 'Incidentes',
  setting: 'Tapar las palabras hirientes',
  settingHint: 'Las palabras hirientes de los ciudadanos se tapan en pantalla; un botón las muestra. Lo guardado no cambia.',
  covered: 'palabra tapada',
  uncover: 'Mostrar',
  cover: 'Tapar',
  intro: 'Los últimos mensajes del ciudadano se guardan con su aviso, para sus responsables, que deben protegerle.',
  kind: 'Tipo',
  kinds: {
    insult: 'Insultos',
    threat: 'Amenazas',
    discrimination: 'Discriminación',
    harassment: 'Acoso',
    other: 'Otro',
  },
  pause: 'Poner la conversación en pausa',
  pauseHint:
    'Se avisa al ciudadano con palabras calmadas. Sus mensajes se guardan y no le llaman; un peligro se atiende igualmente.',
  minutes: (n) => (n === 0 ? 'Sin pausa' : `${n} min`),
  note: 'Lo que quiera añadir',
  report: 'Avisar',
  kept: 'Aviso guardado para sus responsables.',
  restsUntil: (time) => `En calma hasta las ${time}`,
  listIntro:
    'Lo que los agentes han comunicado, guardado tanto tiempo como el registro. La lectura queda anotada en el registro.',
  none: 'Ningún incidente comunicado desde hace un año.',
  words: 'Palabras del ciudadano',
};
