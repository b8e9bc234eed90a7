// The desk's page in French: words that hurt, what is done about them, and what the employer reads.

export const abuse = {
  title: 'Incidents',
  setting: 'Masquer les propos blessants',
  settingHint: 'Les mots blessants des habitants sont couverts à l’écran ; un bouton les montre. Ce qui est gardé ne change pas.',
  covered: 'mot masqué',
  uncover: 'Montrer',
  cover: 'Masquer',
  intro:
    'Les derniers messages de l’habitant sont gardés avec votre signalement, pour vos responsables, qui vous doivent protection.',
  kind: 'Nature',
  kinds: {
    insult: 'Insultes',
    threat: 'Menaces',
    discrimination: 'Propos discriminatoires',
    harassment: 'Harcèlement',
    other: 'Autre',
  } as Record<string, string>,
  pause: 'Mettre la conversation en pause',
  pauseHint:
    'L’habitant est prévenu en mots calmes. Ses messages sont gardés et ne vous appellent pas ; un danger est entendu quand même.',
  minutes: (n: number) => (n === 0 ? 'Sans pause' : `${n} min`),
  note: 'Ce que vous voulez ajouter',
  report: 'Signaler',
  kept: 'Signalement gardé pour vos responsables.',
  restsUntil: (time: string) => `Au calme jusqu’à ${time}`,
  listIntro: 'Ce que les agents ont signalé, gardé aussi longtemps que le journal. La lecture est notée au journal.',
  none: 'Aucun incident signalé depuis un an.',
  words: 'Mots de l’habitant',
};
