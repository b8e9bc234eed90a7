// The desk's page in Spanish: what is not the town's, handed to another authority.
import type { handOver as French } from '../../fr/requests/hand-over';

export const handOver: typeof French = {
  title: 'En otra administración',
  whose: 'De quién depende la solicitud',
  verified: (day) => `comprobado el ${day}`,
  forward: {
    email: 'Transmitir la solicitud por correo electrónico',
    open311: 'Transmitir la solicitud a su servidor (Open311)',
  },
  withPerson: 'Con los datos de contacto del vecino',
  withoutPerson: 'Sin su acuerdo solo se transmiten sus palabras y el lugar. Léalas: un nombre dentro de una frase no se borra.',
  photos: 'Sus fotos van también, por un enlace válido 30 días; los documentos se quedan aquí.',
  agreedInForm: 'El vecino dio su acuerdo en el formulario.',
  agreed: 'Cómo dio su acuerdo',
  agreedHint: 'Por ejemplo: «por teléfono, esta mañana».',
  is: {
    'to-send': (to) => `Se va a transmitir a: ${to}.`,
    'on-its-way': (to) => `En camino a: ${to}.`,
    sent: (to, way) => `Transmitida a: ${to} (${way === 'email' ? 'correo electrónico' : 'Open311'}).`,
    failed: (to) => `No se pudo transmitir a ${to}, o nada lo confirma: compruébelo con ellos antes de repetirlo.`,
  },
  reference: (reference) => `Su referencia: ${reference}`,
  says: { open: 'Abierta allí.', closed: 'Terminada allí.' },
  notes: (notes) => `Lo que dicen: «${notes}»`,
  named: (agreed) => `Con los datos de contacto del vecino${agreed ? ` (acuerdo: ${agreed})` : ''}.`,
  nameless: 'Sin los datos de contacto del vecino.',
  photosGone: 'Con sus fotos, por un enlace válido 30 días.',
  steps: {
    sent: 'Transmitida a otra administración',
    received: 'Recibida allí con la referencia',
    failed: 'Transmisión por comprobar',
    closed: 'Terminada allí',
  },
};
