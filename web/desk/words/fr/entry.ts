// The desk's page in French: signing in, and a first visit by an invitation.
import { count } from './count';

export const entry = {
  signIn: {
    title: 'Bureau des agents',
    intro: 'Connectez-vous pour répondre aux habitants.',
    email: 'Adresse électronique',
    password: 'Mot de passe',
    show: 'Afficher le mot de passe',
    hide: 'Masquer le mot de passe',
    enter: 'Se connecter',
    entering: 'Connexion…',
    wrong: 'L’adresse ou le mot de passe ne convient pas.',
    wait: (minutes: number) => `Trop d’essais. Réessayez dans ${count(minutes, 'minute', 'minutes')}.`,
    again: 'Votre session est terminée. Vos brouillons sont gardés : reconnectez-vous pour continuer.',
    directory: (name: string) => `Se connecter avec ${name}`,
    door: {
      failed: 'La connexion par l’annuaire n’a pas abouti. Réessayez.',
      unknown: 'L’annuaire vous connaît, pas ce bureau. Demandez à votre administrateur de vous y inviter.',
      away: 'L’annuaire ne répond pas. Réessayez plus tard, ou entrez avec votre mot de passe.',
      'too-many': 'Trop d’essais. Réessayez dans quelques minutes.',
    },
    unreachable: 'Le serveur ne répond pas. Cette page réessaie d’elle-même.',
  },
  invitation: {
    title: 'Bienvenue',
    intro: (town: string, email?: string) => `Vous rejoignez le bureau de ${town}${email ? ` avec l’adresse ${email}` : ''}.`,
    yourName: 'Votre nom, tel que les habitants le liront',
    password: 'Choisissez un mot de passe',
    rule: 'Douze caractères au moins. Une suite de quatre mots convient très bien.',
    weak: 'Choisissez au moins douze caractères que personne ne devinerait : ni votre nom, ni celui de la ville.',
    enter: 'Entrer',
    invalid: 'Ce lien a déjà servi, a expiré ou n’est pas complet. Demandez-en un nouveau à votre administrateur.',
  },
};
