// The desk's page in French: the list of requests as a file, and requests taken over from one.
import type { LineFault } from '../../../../src/desk/wire';
import { count } from './count';

export const files = {
  download: 'Télécharger la liste (CSV)',
  import: 'Reprendre des demandes (CSV)',
  hint: 'Une ligne par demande. Colonnes : id et topic, puis opened, address, latitude, longitude, phone, email, words, et les questions du sujet.',
  file: 'Fichier CSV',
  check: 'Vérifier',
  open: 'Enregistrer les demandes',
  ready: (ready: number, there: number) =>
    `${count(ready, 'demande à enregistrer', 'demandes à enregistrer')}, ${count(there, 'déjà là', 'déjà là')}.`,
  opened: (opened: number, there: number) =>
    `${count(opened, 'demande enregistrée', 'demandes enregistrées')}, ${count(there, 'déjà là', 'déjà là')}.`,
  fault: (line: number, column: string, why: string) => [`Ligne ${line}`, column, why].filter(Boolean).join(' : '),
  /** What is wrong with it, by the codes of the wire; `{more}`: what it names. */
  why: {
    'needs-place': 'un lieu est nécessaire : des coordonnées, ou une adresse',
    'no-question': 'le sujet ne pose pas cette question',
    required: 'le sujet demande une réponse',
    'one-of': 'les réponses possibles sont : {more}',
    'yes-no': 'la réponse est yes ou no',
    bounds: 'un nombre dans les limites de la question est attendu',
    date: 'une date est attendue, comme 2027-03-29',
    long: 'au plus {more} caractères',
    outside: 'ce lieu est hors de la commune',
    'no-columns': 'les colonnes « id » et « topic » manquent',
    'no-id': 'il manque le nom de la demande dans l’ancien logiciel',
    'no-topic': 'il manque le nom d’un sujet, sans .yml',
    'no-report': 'aucun sujet de demande de la commune ne porte ce nom',
    'column-twice': 'une colonne porte deux fois le même nom',
    twice: 'cette demande est déjà à la ligne {more}',
    'too-many': 'c’est trop : au plus {more} demandes à la fois',
    unreadable: 'illisible : un guillemet manque ou est mal placé',
    degrees: 'un nombre de degrés est attendu',
    'half-position': 'la latitude va avec une longitude',
    future: 'cette date est à venir',
    phone: 'un numéro au format international est attendu, comme +33639981234',
    email: 'une adresse e-mail est attendue',
  } satisfies Record<LineFault['code'], string>,
  tooLarge: 'Ce fichier est trop grand : au plus 250 000 caractères, 1 000 demandes.',
};
