// The desk's page in French: what is not the town's, handed to another authority.
export const handOver = {
  title: 'Chez une autre autorité',
  whose: 'De qui relève la demande',
  verified: (day: string) => `vérifié le ${day}`,
  forward: { email: 'Transmettre la demande par e-mail', open311: 'Transmettre la demande à leur serveur (Open311)' },
  withPerson: 'Avec les coordonnées de l’habitant',
  withoutPerson:
    'Sans son accord, seuls ses mots et le lieu sont transmis. Relisez-les : un nom écrit dans la phrase n’est pas effacé.',
  photos: 'Ses photos partent aussi, par un lien valable 30 jours ; les documents restent ici.',
  agreedInForm: 'L’habitant a donné son accord dans le formulaire.',
  agreed: 'Comment il a donné son accord',
  agreedHint: 'Par exemple : « au téléphone, ce matin ».',
  is: {
    'to-send': (to: string) => `Va être transmise à : ${to}.`,
    'on-its-way': (to: string) => `En cours de transmission à : ${to}.`,
    sent: (to: string, way: string) => `Transmise à : ${to} (${way === 'email' ? 'e-mail' : 'Open311'}).`,
    failed: (to: string) =>
      `La transmission à ${to} n’a pas abouti, ou rien ne le confirme : vérifiez auprès d’eux avant de recommencer.`,
  } as Record<string, (to: string, way: string) => string>,
  reference: (reference: string) => `Leur référence : ${reference}`,
  says: { open: 'Ouverte chez eux.', closed: 'Terminée chez eux.' },
  notes: (notes: string) => `Ce qu’ils en disent : « ${notes} »`,
  named: (agreed?: string) => `Avec les coordonnées de l’habitant${agreed ? ` (accord : ${agreed})` : ''}.`,
  nameless: 'Sans les coordonnées de l’habitant.',
  photosGone: 'Avec ses photos, par un lien valable 30 jours.',
  steps: {
    sent: 'Transmise à une autre autorité',
    received: 'Reçue chez eux sous la référence',
    failed: 'Transmission à vérifier',
    closed: 'Terminée chez eux',
  },
};
