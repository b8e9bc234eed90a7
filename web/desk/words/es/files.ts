// The desk's page in Spanish: the list of requests as a file, and requests taken over from one.
import type { files as french } from '../fr/files';
import { count } from './count';

export const files: typeof french = {
  download: 'Descargar la lista (CSV)',
  import: 'Incorporar solicitudes (CSV)',
  hint: 'Una línea por solicitud. Columnas: id y topic, y después opened, address, latitude, longitude, phone, email, words y las preguntas del tema.',
  file: 'Archivo CSV',
  check: 'Comprobar',
  open: 'Registrar las solicitudes',
  ready: (ready, there) => `${count(ready, 'solicitud por registrar', 'solicitudes por registrar')}, ${there} ya estaban.`,
  opened: (opened, there) => `${count(opened, 'solicitud registrada', 'solicitudes registradas')}, ${there} ya estaban.`,
  fault: (line, column, why) => [`Línea ${line}`, column, why].filter(Boolean).join(': '),
  tooLarge: 'El archivo es demasiado grande: como máximo 250 000 caracteres y 1000 solicitudes.',
};
