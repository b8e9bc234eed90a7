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
  /** What is wrong with it, by the codes of the wire; `{more}`: what it names. */
  why: {
    'needs-place': 'hace falta un lugar: coordenadas o una dirección',
    'no-question': 'el tema no hace esta pregunta',
    required: 'el tema pide una respuesta',
    'one-of': 'las respuestas posibles son: {more}',
    'yes-no': 'la respuesta es yes o no',
    bounds: 'se espera un número dentro de los límites de la pregunta',
    date: 'se espera una fecha, como 2027-03-29',
    long: 'como máximo {more} caracteres',
    outside: 'este lugar está fuera del municipio',
    'no-columns': 'faltan las columnas «id» y «topic»',
    'no-id': 'falta el nombre de la solicitud en el programa anterior',
    'no-topic': 'falta el nombre de un tema, sin .yml',
    'no-report': 'el municipio no tiene ningún tema de solicitud con este nombre',
    'column-twice': 'una columna lleva dos veces el mismo nombre',
    twice: 'esta solicitud ya está en la línea {more}',
    'too-many': 'son demasiadas: como máximo {more} solicitudes a la vez',
    unreadable: 'no se puede leer: falta una comilla o está mal puesta',
    degrees: 'se espera un número de grados',
    'half-position': 'la latitud va con una longitud',
    future: 'esta fecha está por venir',
    phone: 'se espera un número en formato internacional, como +33639981234',
    email: 'se espera una dirección de correo',
  },
  tooLarge: 'El archivo es demasiado grande: como máximo 250 000 caracteres y 1000 solicitudes.',
};
