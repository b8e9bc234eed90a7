// The desk's page in French: what is wrong with a topic that is being edited, and what to do.
import type { FaultWords } from '../faults';

const of = (quoted: string) => (quoted ? ` : « ${quoted} »` : '');
const inLanguage = (language: string) => (language ? ` en ${language}` : '');

export const faults: FaultWords = {
  'missing-translation': ({ quoted, language }) => [
    `Il manque un texte${inLanguage(language)} (${quoted}).`,
    'Écrivez-le dans cette langue : la ville la parle.',
  ],
  'unspoken-language': ({ language }) => [
    `Un texte est écrit${inLanguage(language)}, que la ville ne parle pas.`,
    'Retirez-le, ou faites ajouter cette langue à la ville.',
  ],
  placeholder: ({ quoted }) => [
    `Un champ entre accolades ne peut pas être rempli, ou manque dans une langue${of(quoted)}.`,
    'Utilisez les mêmes champs dans chaque langue : {phone}, {email}, {address}, {hours_today}, {hours_week}.',
  ],
  'few-phrases': ({ quoted }) => [
    `Trop peu de phrases d’habitants (${quoted}) : il en faut au moins 12.`,
    'Ajoutez d’autres façons de le dire, courtes et longues, comme on les tape.',
  ],
  'phrase-twice': ({ quoted }) => [`Cette phrase est écrite deux fois${of(quoted)}.`, 'Gardez-en une.'],
  'phrase-claimed': ({ quoted }) => [
    `Cette phrase appartient aussi à un autre sujet, ou à une autre réponse précise${of(quoted)}.`,
    'Gardez-la à un seul endroit.',
  ],
  'phrase-taken': ({ quoted }) => [
    `Cette phrase est toujours comprise autrement : un oui, un non, la fin des messages${of(quoted)}.`,
    'Retirez-la : elle n’arrivera jamais à ce sujet.',
  ],
  'wrong-language': ({ quoted }) => [
    `Un texte rangé sous « ${quoted} » semble écrit dans une autre langue.`,
    'Traduisez-le, ou déplacez-le sous sa langue.',
  ],
  'missing-field': ({ quoted }) => [
    `Il manque quelque chose${of(quoted)}.`,
    'Complétez : un service, une réponse, une question ou un choix.',
  ],
  'unknown-field': ({ quoted }) => [
    `Ce qui est écrit ici n’existe pas pour ce sujet${of(quoted)}.`,
    'Retirez-le, ou corrigez son nom.',
  ],
  'bad-value': ({ quoted }) => [
    `Une valeur ne convient pas${of(quoted)}.`,
    'Corrigez-la : un mot, une date ou un nombre possibles.',
  ],
  'unknown-service': ({ quoted }) => [`La ville n’a pas ce service${of(quoted)}.`, 'Choisissez un service de la liste.'],
  'unknown-topic': ({ quoted }) => [
    `Le sujet auquel on renvoie n’existe pas${of(quoted)}.`,
    'Nommez un autre sujet, ou retirez le renvoi.',
  ],
  'unknown-condition': ({ quoted }) => [
    `Une condition du formulaire ne peut jamais être remplie${of(quoted)}.`,
    'Elle doit nommer une question posée avant, et l’une de ses réponses.',
  ],
  'not-verified': () => [
    'Personne ne répond de cette réponse : elle ne serait jamais donnée.',
    'Dites qui l’a vérifiée, quand, jusqu’à quand et d’après quelle source.',
  ],
  expired: () => [
    'La réponse a dépassé sa date : elle n’est plus donnée.',
    'Faites-la vérifier par le service, puis écrivez les nouvelles dates.',
  ],
  'expires-soon': () => [
    'La réponse arrive bientôt à sa date.',
    'Faites-la vérifier par le service, puis écrivez les nouvelles dates.',
  ],
  'no-place': () => ['Ce signalement ne demande jamais où c’est.', 'Ajoutez une question sur le lieu, sauf s’il n’importe pas.'],
  twice: ({ quoted }) => [`Deux éléments portent le même nom${of(quoted)}.`, 'Donnez à chacun le sien.'],
  'long-text': () => [
    'Ce texte est trop long : par SMS il coûterait cher, ou arriverait en plusieurs messages.',
    'Dites ce dont la plupart ont besoin, et où lire la suite.',
  ],
  'cut-text': () => ['Le texte s’arrête avant un « # » : la suite n’est pas lue.', 'Mettez tout le texte entre guillemets.'],
  markup: ({ quoted }) => [
    `Les habitants liraient ces signes tels quels${of(quoted)} : les textes ne sont ni du HTML ni du Markdown.`,
    'Écrivez du texte simple ; « - » devant chaque élément d’une liste.',
  ],
  encoding: ({ quoted }) => [
    `Des lettres accentuées ont été perdues${of(quoted)}.`,
    'Réécrivez-les, et enregistrez le fichier en UTF-8.',
  ],
  'control-sign': ({ quoted }) => [
    `Un signe invisible s’est glissé dans le texte${of(quoted)}.`,
    'Il vient souvent d’un PDF, d’une page ou de Word : effacez-le et retapez les mots autour.',
  ],
  tab: ({ quoted }) => [
    `Une tabulation est dans le texte${of(quoted)}.`,
    'Un tableau collé ne reste pas un tableau : une ligne par rangée.',
  ],
  yaml: () => [
    'Le fichier du sujet ne peut pas être lu à cet endroit.',
    'Regardez les guillemets, les deux-points et les espaces au début de la ligne.',
  ],
};
