// The desk's page in French: the list of requests as a file, and requests taken over from one.
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
  tooLarge: 'Ce fichier est trop grand : au plus 250 000 caractères, 1 000 demandes.',
};
