// Entrenamiento: elegir una conversación, la sala, lo que se vio.
import type { Words } from '../fr';
import { count } from './count';

export const training: Words['training'] = {
  hint: 'Conversaciones representadas, con un vecino que no existe. No sale nada y no se cuenta nada.',
  room: 'El vecino es ficticio: nadie lee sus respuestas y no se cuenta nada.',
  leave: 'Terminar y ver el balance',
  begin: 'Empezar',
  beginOf: (title) => `Empezar: ${title}`,
  in: (language) => `en ${language}`,
  none: ['Nada que representar por ahora', 'Su municipio aún no tiene conversaciones de entrenamiento.'],
  toPlay: 'Conversaciones para practicar',
  charter: 'La carta del municipio',
  showKeys: 'Ver los atajos',
  played: 'Sus ejercicios',
  shared: 'Mostrados por colegas',
  by: (name) => `de ${name}`,
  running: 'En curso',
  resume: 'Continuar',
  onlyYou: 'Solo usted ve este balance.',
  isShared: 'Sus responsables ven este balance.',
  share: 'Mostrarlo a mis responsables',
  unshare: 'Dejar de mostrarlo',
  good: 'Sí',
  bad: 'No',
  or: ' o ',
  minutes: (n) => count(Math.round(n), 'minuto', 'minutos'),
  facts: {
    taken: 'Atendida a tiempo',
    answered: 'Primera respuesta a tiempo',
    greeted: 'Se saludó a la persona',
    replied: 'Su último mensaje recibió respuesta',
    ended: 'Bien terminada',
    mentioned: 'Se dio el número de emergencias',
    personal: 'No se repitió ningún dato personal',
  },
};
