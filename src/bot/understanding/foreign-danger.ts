/**
 * Danger in languages the town does not speak: a few words anyone would use. Who cries for help
 * in their own language is answered with the emergency numbers first, and a person next.
 */
import type { DangerKind } from '../../domain/danger';
import { fold, type Word } from './words';

/** Stems of words (prefixes, folded) that must all occur; a bar parts alternatives. */
const SIGNS: Array<[DangerKind, string[]]> = [
  // Spanish, Italian, Portuguese, Romanian
  ['gas', ['huele|olor|fuga|escape|puzza|odore|perdita|cheiro|vazamento|miroase|scurgere', 'gas|gaz']],
  ['fire', ['incendi|fuego|llamas|fuoco|fiamme|chamas|foc|flacari', '']],
  [
    'fire',
    [
      'fogo|arde|bruci|queima',
      'casa|casas|cocina|edific|coche|bosque|cucina|palazzo|macchina|bosco|predio|carro|mato|bloc|masina',
    ],
  ],
  ['medical', ['ambulanci|ambulanz|ambulant|inconscient|desmay|svenut|desmaiad|lesinat|infart|sangrand|sanguinand', '']],
  ['medical', ['no|non|nao|nu', 'respira']],
  ['violence', ['socorro|cuchillo|pistola|coltello|faca|cutit|aggredi|agredid|atacand|asaltand|sparat|disparo', '']],
  ['collapse', ['derrumb|crollat|crolland|desab|prabusit', '']],
  ['drowning', ['ahoga|annega|afoga|inea', '']],
  ['general', ['auxilio|aiuto|ayudenme|ajutor|emergenz|urgenza', '']],
  // German, Dutch
  ['gas', ['riecht|gasgeruch|gasleck|gaslek|gaslucht|ruik|ruikt|gasaustritt', '']],
  ['fire', ['feuer|brennt|brand|flammen|vlammen|rauch', '']],
  ['medical', ['krankenwagen|notarzt|bewusstlos|blutet|herzinfarkt|bewusteloos|bloedt|hartaanval|ziekenwagen', '']],
  ['medical', ['atmet|ademt', 'nicht|niet']],
  ['violence', ['uberfall|messer|uberfallen|angegriffen|schlagt|schiess|schusse|mes|aangevallen|overvallen', '']],
  ['collapse', ['eingesturzt|einsturz|ingestort', '']],
  ['drowning', ['ertrinkt|ertrinken|verdrinkt', '']],
  ['general', ['hilfe', 'hilfe']],
  ['general', ['notfall|noodgeval|noodsituatie', '']],
  // Turkish
  ['gas', ['gaz', 'koku|kokuyor|kacak|kacag']],
  ['fire', ['yangin|yaniyor', '']],
  ['medical', ['ambulans|bayild|kanama|kaniyor|yarali', '']],
  ['violence', ['bicak|saldiri|silah', '']],
  ['collapse', ['coktu|cokuyor', '']],
  ['drowning', ['boguluyor', '']],
  ['general', ['imdat', '']],
  // Polish
  ['gas', ['gaz|gazu', 'czuc|wyciek|ulatnia|smierdzi']],
  ['fire', ['pozar|pali', '']],
  ['medical', ['karetk|nieprzytomn|krwawi|zawal|pogotowi', '']],
  ['violence', ['napad|nozem|strzal', '']],
  ['drowning', ['tonie|topi', '']],
  ['general', ['ratunku', '']],
  // Russian, Ukrainian
  ['gas', ['газ|газом|газу', 'пахн|утечк|запах|витік|витик']],
  ['fire', ['пожар|пожеж|горит|горить', '']],
  ['medical', ['скорая|скорую|швидк|сознан|свідом|свидом|кров', '']],
  ['violence', ['нож|ножом|напал|стреля|стріля', '']],
  ['drowning', ['тонет|тоне', '']],
  ['general', ['помогите|допоможіть|допоможить|рятуйте|спасите', '']],
  // Arabic, and as typed in Latin letters
  ['gas', ['غاز|الغاز', 'رائحة|ريحة|تسرب|ريحه']],
  ['fire', ['حريق|الحريق|نار|النار|يحترق|تحترق', '']],
  ['fire', ['hariq|7ari9|nar', 'dar|bit|3imara|hna']],
  ['medical', ['إسعاف|اسعاف|الاسعاف|الإسعاف|ينزف|مغمى|جريح', '']],
  ['violence', ['سكين|سلاح|يضرب|هجوم', '']],
  ['drowning', ['يغرق|تغرق', '']],
  ['general', ['النجدة|نجدة|النجده|ساعدوني|أنقذوني|طوارئ', '']],
];
/** Chinese has no spaces between words. */
const CHINESE: Array<[DangerKind, RegExp]> = [
  ['gas', /煤气|燃气泄漏|瓦斯/u],
  ['fire', /着火|起火|火灾|失火/u],
  ['medical', /救护车|昏迷|晕倒|流血/u],
  ['violence', /持刀|打人|抢劫|枪击/u],
  ['drowning', /溺水/u],
  ['general', /救命|紧急情况/u],
];

interface Stem {
  text: string;
  /** Which group of which sign it belongs to, by number. */
  group: number;
  /** A shorter one must be the whole word; Latin letters are shared with the town's own languages. */
  isWhole: boolean;
}

/** Each sign as the groups of stems of which one each must occur, and all stems by their first letter. */
const signs: Array<{ kind: DangerKind; groups: number[] }> = [];
const stems = new Map<string, Stem[]>();
let groups = 0;
for (const [kind, words] of SIGNS) {
  const own = words.filter(Boolean).map((some) => {
    for (const text of some.split('|').map(fold)) {
      const isWhole = text.length < (/[a-z]/.test(text) ? 5 : 4);
      stems.set(text[0]!, [...(stems.get(text[0]!) ?? []), { text, group: groups, isWhole }]);
    }
    return groups++;
  });
  signs.push({ kind, groups: own });
}

/** Only asked of messages heard to be in a language the town does not speak. */
export function foreignDanger(text: string, words: Word[]): DangerKind | null {
  const said = new Set<number>();
  for (const word of words) {
    for (const stem of stems.get(word.text[0]!) ?? []) {
      if (stem.isWhole ? word.text === stem.text : word.text.startsWith(stem.text)) said.add(stem.group);
    }
  }
  const sign = signs.find((one) => one.groups.every((group) => said.has(group)));
  return sign?.kind ?? CHINESE.find(([, shape]) => shape.test(text))?.[0] ?? null;
}
