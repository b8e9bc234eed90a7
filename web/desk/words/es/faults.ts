// The desk's page in Spanish: what is wrong with a topic that is being edited, and what to do.
import type { FaultWords } from '../faults';

const of = (quoted: string) => (quoted ? `: «${quoted}»` : '');
const inLanguage = (language: string) => (language ? ` en ${language}` : '');

export const faults: FaultWords = {
  'missing-translation': ({ quoted, language }) => [
    `Falta un texto${inLanguage(language)} (${quoted}).`,
    'Escríbalo en ese idioma: el municipio lo habla.',
  ],
  'unspoken-language': ({ language }) => [
    `Hay un texto${inLanguage(language)}, que el municipio no habla.`,
    'Retírelo, o haga añadir ese idioma al municipio.',
  ],
  placeholder: ({ quoted }) => [
    `Un campo entre llaves no se puede rellenar, o falta en un idioma${of(quoted)}.`,
    'Use los mismos campos en cada idioma: {phone}, {email}, {address}, {hours_today}, {hours_week}.',
  ],
  'few-phrases': ({ quoted }) => [
    `Muy pocas frases de ciudadanos (${quoted}): hacen falta al menos 12.`,
    'Añada otras maneras de decirlo, cortas y largas, tal como se escriben.',
  ],
  'phrase-twice': ({ quoted }) => [`Esta frase está escrita dos veces${of(quoted)}.`, 'Deje una.'],
  'phrase-claimed': ({ quoted }) => [
    `Esta frase pertenece también a otro tema, o a otra respuesta precisa${of(quoted)}.`,
    'Déjela en un solo lugar.',
  ],
  'phrase-taken': ({ quoted }) => [
    `Esta frase siempre se entiende de otro modo: un sí, un no, el fin de los mensajes${of(quoted)}.`,
    'Retírela: nunca llegará a este tema.',
  ],
  'wrong-language': ({ quoted }) => [
    `Un texto puesto bajo «${quoted}» parece escrito en otro idioma.`,
    'Tradúzcalo, o póngalo bajo su idioma.',
  ],
  'missing-field': ({ quoted }) => [
    `Falta algo${of(quoted)}.`,
    'Complételo: un servicio, una respuesta, una pregunta o una opción.',
  ],
  'unknown-field': ({ quoted }) => [`Lo escrito aquí no existe para este tema${of(quoted)}.`, 'Retírelo, o corrija su nombre.'],
  'bad-value': ({ quoted }) => [`Un valor no sirve${of(quoted)}.`, 'Corríjalo: una palabra, una fecha o un número posibles.'],
  'unknown-service': ({ quoted }) => [`El municipio no tiene ese servicio${of(quoted)}.`, 'Elija un servicio de la lista.'],
  'unknown-topic': ({ quoted }) => [
    `El tema al que se remite no existe${of(quoted)}.`,
    'Nombre otro tema, o retire la remisión.',
  ],
  'unknown-condition': ({ quoted }) => [
    `Una condición del formulario nunca puede cumplirse${of(quoted)}.`,
    'Debe nombrar una pregunta hecha antes, y una de sus respuestas.',
  ],
  'not-verified': () => [
    'Nadie responde de esta respuesta: nunca se daría.',
    'Diga quién la verificó, cuándo, hasta cuándo y según qué fuente.',
  ],
  expired: () => ['La respuesta pasó su fecha: ya no se da.', 'Haga que el servicio la verifique y escriba las nuevas fechas.'],
  'expires-soon': () => [
    'La respuesta llega pronto a su fecha.',
    'Haga que el servicio la verifique y escriba las nuevas fechas.',
  ],
  'no-place': () => ['Este aviso nunca pregunta dónde es.', 'Añada una pregunta sobre el lugar, salvo que no importe.'],
  twice: ({ quoted }) => [`Dos elementos llevan el mismo nombre${of(quoted)}.`, 'Dé a cada uno el suyo.'],
  'long-text': () => [
    'Este texto es demasiado largo: por SMS costaría mucho, o llegaría en varios mensajes.',
    'Diga lo que la mayoría necesita, y dónde leer el resto.',
  ],
  'cut-text': () => ['El texto se corta antes de un «#»: lo que sigue no se lee.', 'Ponga todo el texto entre comillas.'],
  markup: ({ quoted }) => [
    `Los ciudadanos leerían estos signos tal cual${of(quoted)}: los textos no son HTML ni Markdown.`,
    'Escriba texto simple; «- » delante de cada elemento de una lista.',
  ],
  encoding: ({ quoted }) => [
    `Se perdieron letras con acento${of(quoted)}.`,
    'Escríbalas de nuevo, y guarde el archivo en UTF-8.',
  ],
  'control-sign': ({ quoted }) => [
    `Hay un signo invisible en el texto${of(quoted)}.`,
    'Suele venir de un PDF, una página o Word: bórrelo y vuelva a escribir las palabras de alrededor.',
  ],
  tab: ({ quoted }) => [
    `Hay una tabulación en el texto${of(quoted)}.`,
    'Una tabla pegada no sigue siendo tabla: una línea por fila.',
  ],
  yaml: () => [
    'El archivo del tema no se puede leer en este lugar.',
    'Mire las comillas, los dos puntos y los espacios al principio de la línea.',
  ],
};
