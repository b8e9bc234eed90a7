/**
 * One town's understanding, step by step: a message in, what it means out. The order: danger and opt-out in every
 * language of the town, then which language, then which topics, then how sure.
 */
import type { DangerKind } from '../domain/language/danger';
import type { ForeignLanguage } from '../domain/language/foreign';
import type { FollowUp, Heard, HeardLanguage } from '../domain/language/heard';
import type { LanguagePack } from '../domain/language/language-pack';
import type { Topic } from '../domain/topic/topic';
import type { Town } from '../domain/town';
import { createRecent } from '../recent';
import { isClear, isDoubtful, type Judged, judgeDanger, NOT_JUDGED, weighDanger } from './danger/danger-detector';
import type { DangerModels } from './danger/danger-models';
import { createForeignDetector } from './danger/foreign-detector';
import type { CompiledLanguages } from './danger/foreign-languages';
import { optOutIn, rulesOf, toldIn } from './danger/rules';
import { dictatedEmails } from './entities/emails';
import { besidePlace } from './language/beside-place';
import { createLanguageChooser } from './language/language-choice';
import type { LanguageModels } from './language/language-models';
import { createOwnWords } from './language/own-words';
import { type Classifier, MOST_OFFERED } from './learning/classifier';
import { besideCrossing } from './places/crossings';
import { placeEnds } from './places/place-ends';
import type { PlaceFinder } from './places/place-finder';
import { addressIn } from './places/unknown-address';
import { besideReferences, wordsIn } from './text/beside-references';
import { sentencesOf } from './text/clauses';
import { excerptOf, excerptOfWords, MOST_WORDS } from './text/excerpt';
import { lazily } from './text/lazily';
import { plain, type Word, within, wordsOf } from './text/words';
import { createAnswerWords, withHints } from './topics/answer-words';
import { foreignZoneOf, isOptOut, zoneOf } from './topics/decision-zones';
import { officePhrasesOf, type Phrases, phrasesOf } from './topics/examples';
import { createFollowUps } from './topics/follow-up';
import { foreignPhrases } from './topics/foreign-phrases';
import { statusBeside, wishIn, withStory } from './topics/last-wish';
import { createSplitter } from './topics/multi-intent';
import { createOwnPhrases } from './topics/own-phrases';
import { createPairs } from './topics/pairs';
import { createReportsFirst } from './topics/reports-first';
import { type Encoder, openTopicDetector } from './topics/topic-detector';
import { createWishes, type Hear } from './topics/wishes';
import type { HearOptions } from './understanding';

/** Messages whose language is remembered while their turns last. */
const REMEMBERED = 200;
/** So few words of a language are easily taken for another. */
const FEW_WORDS = 6;
const NO_STOP: ReadonlySet<string> = new Set(['stop']);

export interface PipelineParts {
  town: Town;
  topics: Topic[];
  packs: Record<string, LanguagePack>;
  phrases: Phrases;
  /** Languages that this town does not speak, and how danger is heard in them. */
  foreign: ForeignLanguage[];
  compiled: CompiledLanguages;
  encoder?: Encoder;
  places: PlaceFinder;
  dangers: DangerModels;
  languages: LanguageModels;
  cacheDir?: string;
}

export interface Pipeline {
  hear(text: string, options: HearOptions): Promise<Heard>;
  languageOf(text: string, prior: string | null): string;
  followUp(text: string, topic: string, options: HearOptions): FollowUp | null;
  /** Resolves when a sentence encoder, if there is one, has been learnt from. */
  learnt: Promise<void>;
  close(): void;
}

export async function createPipeline({
  town,
  topics,
  packs,
  phrases,
  foreign: others,
  compiled,
  places,
  dangers,
  languages,
  cacheDir,
  encoder,
}: PipelineParts): Promise<Pipeline> {
  const own = Object.fromEntries(town.languages.map((code) => [code, packs[code]!]));
  const ordinary = phrasesOf(topics, phrases, town.languages);
  const lessons = {
    phrases: ordinary,
    abroad: foreignPhrases(topics, town.languages, others),
    offices: officePhrasesOf(topics, phrases, town),
  };
  // Each in a thread of its own, where there are cores for both.
  const [detector, dangerHeard, languageModel] = await Promise.all([
    openTopicDetector(lessons, own, cacheDir, encoder),
    dangers.of(town.languages),
    languages.of(town.languages),
  ]);
  const chooser = createLanguageChooser(own, languageModel, others);
  const rules = Object.values(own).map(rulesOf);
  const wishesOf = new Map(Object.entries(own).map(([code, pack]) => [code, createWishes(pack)]));
  const abroad = createForeignDetector(compiled, createOwnWords(ordinary, Object.values(own)));
  const pairs = new Map(Object.entries(own).map(([code, pack]) => [code, createPairs(pack)]));
  const splitters = new Map(Object.entries(own).map(([code, pack]) => [code, createSplitter(pack)]));
  const followUps = createFollowUps(topics, own);
  const asTheTownSays = createOwnPhrases(topics, phrases);
  const hinted = lazily((code: string) => createAnswerWords(topics, detector!.vocabularies[code]!, own[code]!));

  const reports = new Set(topics.filter(({ kind }) => kind === 'report').map(({ id }) => id));
  const requests = new Set(topics.map(({ id }) => id));
  const questions = new Set(topics.filter(({ kind }) => kind === 'question').map(({ id }) => id));
  const reportsFirst = createReportsFirst(topics);

  /** Null where no place is named, or nothing else. */
  const wordsBesidePlace = (text: string, spoken: Word[]): Word[] | null => {
    const place = places.find(text) ?? addressIn(places, spoken);
    const beside = place ? spoken.filter(({ start, end }) => end <= place.start || start >= place.end) : [];
    return beside.length > 0 ? beside : null;
  };

  /** Where it happens says nothing of what happens: what a rule heard is, in doubt, judged without the place too. */
  const judge = (taught: Classifier | null, typed: string, every: Word[], code: string, isRuled: boolean): Judged => {
    if (!taught) return NOT_JUDGED;
    const [text, spoken] = besideReferences(typed, every);
    const judged = judgeDanger(taught, text, spoken, MOST_WORDS, code);
    const beside = isRuled && isDoubtful(judged) ? wordsBesidePlace(text, spoken) : null;
    if (!beside) return judged;
    const without = judgeDanger(taught, text, beside, MOST_WORDS, code);
    return without.lead > judged.lead ? without : judged;
  };

  /** Short and broken words of the town's own languages are easily taken for another: danger in them is suspected all the same. */
  const inOwnWords = (text: string, spoken: Word[]): DangerKind | null => {
    const judged = Object.keys(own).map((code) => judge(dangerHeard, text, spoken, code, false));
    return judged.find(isClear)?.kind ?? null;
  };

  const findLanguage = (text: string, spoken: Word[], prior: string | null, kept: string | undefined): HeardLanguage => {
    // An address that is dictated is made of names; only what its signs are called is said in a language.
    const signs = prior ? own[prior]?.counting.addressed : undefined;
    if (prior && signs && dictatedEmails(text, signs).length > 0) return { code: prior, isSure: false };
    const language = chooser.hear(text, spoken, prior, kept);
    if (language.foreign || (prior === null && !language.isSure)) return language;
    const place = places.find(text) ?? addressIn(places, spoken);
    return place ? besidePlace(chooser, text, spoken, { place, language, prior, kept, first: town.languages[0] }) : language;
  };

  /** A French street among foreign words makes them no more the town's. */
  const isOurs = (text: string, spoken: Word[], code: string): boolean => {
    const beside = wordsBesidePlace(text, spoken) ?? spoken;
    const said = beside.length < spoken.length ? beside.map(({ start, end }) => text.slice(start, end)).join(' ') : text;
    return chooser.isRatherOurs(said, beside, code);
  };

  /** One message is asked about several times in its turn. */
  const lately = createRecent<HeardLanguage>(REMEMBERED);
  const hearLanguage = (text: string, spoken: Word[], prior: string | null, kept?: string): HeardLanguage => {
    const key = `${prior}\u0000${kept}\u0000${text}`;
    const language = lately.get(key) ?? findLanguage(text, spoken, prior, kept);
    lately.set(key, language);
    return language;
  };

  return {
    async hear(typed, { prior, foreign: kept }) {
      const whole = within(typed);
      const { text, end } = excerptOf(whole);
      const spoken = wordsOf(text);
      const every = end === null ? spoken : wordsOf(whole);
      // What a request is called by is drawn by lot: its signs must not decide what is asked of it.
      const [unnamed, meaning] = besideReferences(text, spoken);
      const asked = detector?.embed(unnamed);
      const crossing = places.crossing(text);
      const words = plain(besideCrossing(meaning, crossing));
      const sounding = hearLanguage(unnamed, meaning, prior, kept);
      const ownDanger = firstOf(rules, (rule) => rule.danger(every));
      const messages = optOutIn(rules, every);
      const ownOptOut = messages.optOut;
      const sign = abroad(whole, every, {
        ...{ recognised: sounding.foreign, kept },
        nearest: (codes) => chooser.nearest(text, codes),
        beside: () => wordsBesidePlace(text, spoken),
      });
      // "Several residents complain of a gas escape" has a Spanish sign of gas in it and is English.
      const other = sign?.danger && isOurs(text, spoken, sign.code) ? null : sign;
      // Whoever says it in another language speaks that language, whatever the message sounded like.
      const isOther =
        other !== null &&
        (ownDanger === null || other.optOut !== null || other.isCalm || chooser.isRatherTheirs(text, other.code)) &&
        ownOptOut === null &&
        (!messages.isNone || other.optOut === null) &&
        (!sounding.isSure || other.danger !== null || other.optOut !== null || (other.perhapsStop && every.length <= FEW_WORDS));
      const language = isOther ? { ...sounding, isSure: false, foreign: other.code } : sounding;
      const danger = isOther ? other.danger : ownDanger;
      const said = {
        language,
        danger,
        perhapsDanger: isOther ? other.perhaps : null,
        advice: isOther ? other.advice : null,
        ...toldIn(rules, every),
        isExcuse: danger === null && rules.some((rule) => rule.isExcuse(every)),
        optOut: ownOptOut ?? (isOther ? other.optOut : null),
        perhapsStop: isOther ? other.perhapsStop : messages.perhapsStop,
        wanted: isOther ? other.wanted : messages.wanted,
        asks: isOther ? other.asks : null,
        ...{ wish: null, isReport: false, beside: null, refused: null },
      };
      if (!detector || words.length === 0) return { ...said, intents: [], zone: 'none', parts: [], repaired: [], read: text };
      if (language.foreign) {
        const { intents, isSure, isDanger } = detector.sortForeign(excerptOfWords(words), await asked);
        const perhapsDanger =
          said.perhapsDanger ??
          (danger === null && other?.isCalm !== true ? (inOwnWords(text, spoken) ?? (isDanger ? 'general' : null)) : null);
        // What steers the conversation is never done from so little.
        const zone = foreignZoneOf(intents, isSure && requests.has(intents[0]!.topic));
        return { ...said, perhapsDanger, intents, zone, parts: [], repaired: [], read: text };
      }
      const { code } = language;
      const judged = judge(dangerHeard, text, spoken, code, danger !== null);
      const wishes = wishesOf.get(code)!;
      const embedding = await asked;
      const hear: Hear = (some, without) => detector.sort(some, code, null, without).intents;
      const { asked: request, ...wanted } = wishes.read(text, meaning, hear);
      // 'I no longer get your texts' sounds like a wish to be left alone, and is the contrary.
      const {
        intents: all,
        repaired,
        meant,
      } = detector.sort(excerptOfWords(words), code, embedding, messages.isNone ? NO_STOP : undefined);
      const told = request
        ? reportsFirst.wished(
            request.isReport,
            (without) => detector.sort(excerptOfWords(request.words), code, embedding, without).intents,
            request.without,
          )
        : all;
      const hearWords = (some: Word[]) => wishes.about(besideReferences(text, some)[1], hear);
      const last = end === null ? [] : spoken.filter(({ start }) => start >= text.length - end.length);
      const wish = wishIn(sentencesOf(text, last), hearWords);
      const like = asTheTownSays(wish?.intents ?? told, words, code);
      const sorted = reportsFirst.atPlace(
        like,
        () => pairs.get(code)!.beside(spoken) ?? wordsBesidePlace(text, spoken),
        hearWords,
      );
      const read = meant.join(' ');
      const sure = zoneOf(sorted);
      const hints = sure === 'act' ? null : hinted(code)(words);
      const intents = hints ? withHints(sorted, hints, sure === 'none', MOST_OFFERED) : sorted;
      const zone = hints ? 'offer' : sure;
      const ends = () => placeEnds(places, text);
      const split = splitters.get(code)!(text, spoken, hearWords, { whole: crossing, isRequest: (id) => reports.has(id), ends });
      const parts = withStory(split.parts, wish, text, { reports, questions });
      return {
        ...said,
        ...wanted,
        beside: wanted.beside ?? statusBeside(parts, intents[0]),
        isReport: request?.isReport ?? false,
        // "Je souhaite ne plus être destinataire": who surely asks for no more messages is not taken at half a word.
        ...(said.isExcuse || (danger === null && ownOptOut !== null)
          ? {}
          : weighDanger(
              danger,
              judged,
              [intents[0], all[0]].some((one) => one?.topic === 'emergency'),
              besideReferences(text, spoken)[1].length,
            )),
        // What may only ask how to be left alone, or whether we write, is asked back, however much it sounds like a wish to be.
        optOut:
          said.optOut ?? (!said.perhapsStop && !messages.isAsked && !/\?\s*$/.test(text) && isOptOut(intents) ? 'stop' : null),
        ...{ intents, zone, parts, within: split.within, repaired, read },
        spokenOf: reportsFirst.spokenOf(intents, text, spoken, (some, without) => hear(plain(some), without)),
      };
    },
    languageOf(typed, prior) {
      const [text, spoken] = wordsIn(typed);
      return hearLanguage(text, spoken, prior).code;
    },
    followUp(typed, topic, { prior }) {
      const [text, spoken] = wordsIn(typed);
      return followUps(plain(spoken), topic, hearLanguage(text, spoken, prior).code);
    },
    learnt: detector?.learnt ?? Promise.resolve(),
    close: () => detector?.close(),
  };
}

function firstOf<T, R>(parts: T[], ask: (part: T) => R | null): R | null {
  for (const part of parts) {
    const answer = ask(part);
    if (answer !== null) return answer;
  }
  return null;
}
