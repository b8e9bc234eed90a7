/** What the page of the two phones says, in the demo town's languages. */

export type Language = 'fr' | 'en';

const FR = {
  back: 'Retour au site de la ville',
  title: 'N’importe quel téléphone est une porte d’entrée',
  intro:
    'Ces deux téléphones n’existent pas : ce que vous y tapez passe par les mêmes webhooks signés que de vrais messages, et les réponses reviennent par la même file d’envoi. Rien ne sort de cette machine.',
  town: 'Ville',
  duty: 'Astreinte de la mairie',
  writesTo: 'écrit au',
  network: 'Réseau',
  thread: 'Messages',
  type: 'Votre message',
  send: 'Envoyer',
  picture: 'Photo',
  pin: 'Position',
  sentPicture: 'Photo envoyée',
  sentPin: 'Position envoyée',
  waiting: 'attend le réseau',
  unheard: 'Le message n’est pas arrivé à la mairie.',
  unreachable: 'Le serveur ne répond pas.',
  status: { sent: 'envoyé', delivered: 'remis', read: 'lu', received: 'reçu par la mairie' } as Record<string, string>,
};

const EN: typeof FR = {
  back: 'Back to the town’s site',
  title: 'Any phone is a front door',
  intro:
    'These two phones do not exist: what you type goes through the same signed webhooks as real messages, and replies come back through the same outbox. Nothing leaves this machine.',
  town: 'Town',
  duty: 'Duty phone of the town hall',
  writesTo: 'writes to',
  network: 'Network',
  thread: 'Messages',
  type: 'Your message',
  send: 'Send',
  picture: 'Photo',
  pin: 'Position',
  sentPicture: 'Photo sent',
  sentPin: 'Position sent',
  waiting: 'waiting for the network',
  unheard: 'The message did not reach the town hall.',
  unreachable: 'The server does not answer.',
  status: { sent: 'sent', delivered: 'delivered', read: 'read', received: 'received by the town hall' },
};

export const WORDS: Record<Language, typeof FR> = { fr: FR, en: EN };
export type Words = typeof FR;
