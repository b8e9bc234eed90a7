/**
 * Whether somebody is in danger: what the rules hear and what was learnt from many sentences are weighed together. What is
 * heard clearly is sure; what is only suspected is said as a maybe, never passed over.
 */
import type { DangerKind } from '../../domain/language/danger';
import type { Classifier } from '../learning/classifier';
import { OUTSIDE } from '../learning/model';
import { clausesOf, sentencesOf } from '../text/clauses';
import type { Word } from '../text/words';

/** What was learnt says of a message: the likeliest kind, and by how much it leads before 'nobody is in danger'. */
export interface Judged {
  kind: DangerKind | null;
  lead: number;
}

export interface DangerHeard {
  danger: DangerKind | null;
  perhapsDanger: DangerKind | null;
}

/** Where nothing of the kind was taught, the rules decide. */
export const NOT_JUDGED: Judged = { kind: null, lead: -0.31 };

/** Leads from which on somebody surely is in danger, or may be. */
const SURE = 0.8;
const SUSPECTED = -0.45;
/** A rule hears harmless words too: where what was learnt speaks against it, more is asked for before anything is suspected. */
const SUSPECTED_BY_RULE = -0.26;
/** Whoever may want to die is answered that and nothing else: suspected in vain, it costs what was asked for, so it takes so much more. */
const MORE_FOR_DESPAIR = 0.2;
/** Below this nobody is in danger, whatever else is looked at. */
const DOUBTED = -1;
/** What a rule adds; alone it is sure, unless the words are found quite ordinary. */
const RULE = 0.75;
/** A cry has no more words, and there is little to learn of it: a rule is enough. */
const CRY_WORDS = 4;
const CRY = 2;
/** Without a rule so few words are an answer or the beginning of something; where nothing is known of them, nothing is suspected. */
const FRAGMENT = -0.52;
/** Of one word that is no cry nothing was learnt: it may be a yes in another language. */
const FEWEST_WORDS = 2;
/** 'À finir', 'still here': without a rule so few words are never more than suspected. */
const SURE_WORDS = 3;
/** What the topics guess to be an emergency. */
const GUESS = 0.2;
/** With fewer of its words known, nothing was learnt that could speak against a rule. */
const KNOWN = 0.5;
/** A story of more words is also judged sentence by sentence: one of them may be the danger. */
const STORY_WORDS = 25;
const SHORTEST_SENTENCE = 4;
const MOST_SENTENCES = 8;
const LONGEST_SENTENCE = 40;
/** What is said last is what is wanted, 'where is the form?': it counts once more, for so much, unless it is short or an address. */
const LAST = 0.4;
const SHORTEST_LAST = 3;
/** What is asked is rarely what happens. */
const ASKED = 0.2;
/** A rule heard in a story is at least suspected. */
const LEAST_OF_A_STORY = -0.6;
/** In a story one of many sentences sounds alarming soon. */
const OF_A_STORY = 0.4;
/** The rules know these kinds only by and large: what is learnt tells a poison or a child from them. */
const ROUGH: ReadonlySet<DangerKind> = new Set(['general', 'medical', 'violence']);
/** From this lead on what is learnt names the kind whatever a rule heard: eyes that burn from a product are no fire. */
const NAMED = 1;

/** @param most so many words are listened to. */
export function judgeDanger(classifier: Classifier, text: string, words: Word[], most: number, language: string): Judged {
  const judge = (some: Word[], upTo: number): Judged => {
    const spoken = some.slice(0, upTo).map((word) => word.text);
    const rival = classifier.rivalOf(OUTSIDE, spoken, language);
    if (!rival || rival.coverage < KNOWN) return NOT_JUDGED;
    return { kind: rival.label as DangerKind, lead: rival.lead };
  };
  let judged = judge(words, most);
  if (words.length <= STORY_WORDS) {
    if (judged.kind === null) return judged;
    const lead = inTheEnd(text, words, judged.lead, judge);
    // Whoever tells of harming themselves often ends with how lost they are: nothing that comes after takes it back.
    return { ...judged, lead: judged.kind === 'self-harm' ? Math.max(judged.lead, lead) : lead };
  }
  const sentences = sentencesOf(text, words).filter(({ length }) => length >= SHORTEST_SENTENCE);
  for (const sentence of sentences.slice(-MOST_SENTENCES)) {
    const { kind, lead } = judge(sentence, LONGEST_SENTENCE);
    if (lead - OF_A_STORY > judged.lead) judged = { kind, lead: lead - OF_A_STORY };
  }
  // Of a very long one the rules hear words that stand in none of these sentences: they decide.
  if (words.length > most / 2 && judged.lead < SURE - RULE) return NOT_JUDGED;
  return { ...judged, lead: Math.max(judged.lead, LEAST_OF_A_STORY) };
}

/** The lead of a message once its last words were listened to. */
function inTheEnd(text: string, words: Word[], lead: number, judge: (words: Word[], upTo: number) => Judged): number {
  const clauses = clausesOf(text, words).filter(({ length }) => length > 1);
  const last = clauses.findLast((clause) => clause.length >= SHORTEST_LAST && !clause.some(({ kind }) => kind === 'number'));
  const weighed =
    clauses.length < 2 || last === undefined ? lead : (lead + LAST * judge(last, LONGEST_SENTENCE).lead) / (1 + LAST);
  return weighed - (/\?\s*$/.test(text) ? ASKED : 0);
}

/** Neither surely danger nor surely none. */
export function isDoubtful({ lead }: Judged): boolean {
  return lead > DOUBTED && lead < SURE;
}

/** Surely danger, by what was learnt alone. */
export function isClear({ kind, lead }: Judged): boolean {
  return kind !== null && lead >= SURE;
}

/** @param isGuessed the topics take the message for an emergency. */
export function weighDanger(rule: DangerKind | null, { kind, lead }: Judged, isGuessed: boolean, wordCount: number): DangerHeard {
  const weight =
    lead + (wordCount <= CRY_WORDS ? (rule === null ? FRAGMENT : CRY) : rule === null ? 0 : RULE) + (isGuessed ? GUESS : 0);
  if (kind === null || (rule === null && wordCount < FEWEST_WORDS)) return { danger: rule, perhapsDanger: null };
  // Whoever is beaten is not taken for somebody who harms themselves: that is heard by rules of its own.
  // Nor is whoever wants to jump, or was run over, beaten: of violence the rules would have heard.
  const isOther = (rule === 'violence' && kind === 'self-harm') || (rule === 'medical' && kind === 'violence');
  const isFiner = !isOther && (rule === null || (lead > SUSPECTED && ROUGH.has(rule)) || lead >= NAMED);
  const named = isFiner ? kind : (rule ?? 'general');
  const isSure = weight >= SURE && (rule !== null || wordCount >= SURE_WORDS);
  const least = (rule === null ? SUSPECTED : SUSPECTED_BY_RULE) + (named === 'self-harm' ? MORE_FOR_DESPAIR : 0);
  return {
    danger: isSure ? named : null,
    perhapsDanger: !isSure && weight >= least ? named : null,
  };
}
