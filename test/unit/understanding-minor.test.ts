/**
 * A child who writes is spoken to as one: also a child who does not tell its age, but who bothers it, where, and whom it is
 * looked after by. Whoever speaks of a child, or of their own old parents, is none.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readPack, wordsOf } from '../../src/understanding';
import { type Rules, rulesOf } from '../../src/understanding/danger/rules';

const ROOT = join(__dirname, '../..');
const rules: Rules[] = ['fr', 'en', 'es'].map((code) => {
  const file = join(ROOT, 'locales', code, 'pack.yml');
  return rulesOf(readPack(parse(readFileSync(file, 'utf8')), file));
});

const isChild = (text: string) => rules.some((one) => one.isMinor(wordsOf(text)));

test.each([
  "j'ai 12 ans et on me menace au collège",
  'jé 13 an et il veu me frapper',
  "des grands m'embêtent à la récré",
  "un garçon de ma classe m'envoie des photos de lui tout nu",
  'mon grand frère me tape quand les parents sont pas là',
  'les autres de ma classe me frappent dans le bus',
  'un monsieur sur snap veut que je vienne chez lui mes parents savent pas',
  'ma prof me croit pas ils me rackettent',
  "on m'harcèle à l'école",
  "j'suis en 5ème et je veux mourir",
  'mon papi me touche',
  'mon tonton vient dans ma chambre',
  'papa boit et il crie sur nous',
  'maman elle dort et elle se réveille pas',
  'je suis seul avec mon petit frère et il y a du feu',
  'j ai peur de rentrer a la maison apres l ecole',
  'g 11 ans ya un monsieur ki me suit',
  'mon animateur de colo me fait des choses',
  "des élèves m'attendent à la sortie pour me taper",
  "mon père me frappe quand j'ai des mauvaises notes",
  'im 12 and a man keeps messaging me',
  "i'm in year 7 and they wait for me after school",
  'big kids take my lunch money and hit me',
  'a boy in my class sends me nude pics',
  'my big brother hits me when mum is out',
  'my uncle comes in my room at night',
  'my teacher doesnt believe me they bully me',
  'they bully me at school',
  'my coach touches me',
  'my grandad touches me',
  'dad drinks and shouts at us',
  'mum is asleep and wont wake up',
  'im alone with my baby brother and theres fire',
  "i'm scared to go home after school",
  'im 11 a man is following me',
  'my dad hits me when i get bad marks',
  'kids in my class say they will stab me',
  'my foster dad hurts me',
  'a man online wants me to send pics my mum doesnt know',
  'my stepbrother threatens me',
  'me pegan en el recreo y nadie hace nada',
  'unos mayores me esperan a la salida del cole',
  'un chico de mi clase me manda fotos',
  'mi entrenador me toca',
  'estoy sola con mi hermanito y hay fuego',
  'tengo 12 años y un hombre me sigue',
])('a child says "%s"', (text) => {
  expect(isChild(text)).toBe(true);
});

test.each([
  "j'ai 42 ans et on me menace",
  "ma fille est harcelée à l'école",
  'mon fils de 12 ans se fait racketter',
  "j'habite ici depuis 12 ans",
  'mon mari me frappe',
  'mon père est tombé',
  'ma mère ne répond plus',
  'mes parents ont 80 ans',
  "des jeunes m'embêtent sous ma fenêtre",
  'je suis prof, un élève me menace',
  "mon frère me doit de l'argent",
  "je travaille à l'école, un parent me menace",
  'mon grand-père est mort',
  'je suis en 5ème année de médecine',
  'ma mère de 85 ans est par terre',
  'im 42 and he hits me',
  'my daughter is bullied at school',
  'my son is 12 and they hit him',
  'my husband hits me',
  'my dad fell over, he is 80',
  'kids in my street throw stones',
  'i teach year 7 and a pupil threatens me',
  'my brother owes me money',
  'my mum is 85 and on the floor',
  'my uncle died',
  'i work at the school, a parent threatens me',
  'my boss shouts at us',
  'i live at 12 Mill Lane',
  'my class starts at 6, is it cancelled',
  'my teacher training is on monday',
  'mi hija tiene 12 años y le pegan en el cole',
  'tengo 42 años y mi marido me pega',
  'mi madre se ha caído, tiene 85 años',
  'mi hermano me debe dinero',
])('no child says "%s"', (text) => {
  expect(isChild(text)).toBe(false);
});
