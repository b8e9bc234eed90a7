/** Which report is meant where it is known, or nearly, that something is reported: by the wish, or by the place that is named. */
import type { HeardIntent } from '../../domain/language/heard';
import type { Topic } from '../../domain/topic/topic';
import { MOST_OFFERED } from '../learning/classifier';
import { clausesOf } from '../text/clauses';
import type { Word } from '../text/words';
import { zoneOf } from './decision-zones';
import { STEERING } from './wishes';

/** What is said to be a report is taken for its likeliest topic from so much on, and so much before the second. */
const LIKELY = 0.3;
const LIKELY_AT_PLACE = 0.45;
const CLEARLY = 0.75;
const KNOWN = 0.5;
/** It is asked back, so that less is enough. */
const SPOKEN_OF = 0.3;
const MOST_CLAUSES = 6;
/** So sure of a report without the place, it is no question about the place. */
const SURE_BESIDE = 0.8;
/** Whoever follows a request up, or complains, speaks of something. */
const SPEAKING_OF: ReadonlySet<string> = new Set(['ticket_status', 'complaint']);
const NOT_SPOKEN_OF: ReadonlySet<string> = new Set([...STEERING, 'complaint']);

export interface ReportsFirst {
  /** Whoever wants to report noise wants to report it, not to know the rules about it: of two that are related the report. */
  wished(isReport: boolean, sort: (without?: ReadonlySet<string>) => HeardIntent[], without?: ReadonlySet<string>): HeardIntent[];
  /**
   * 'Gros trou au 32 rue Victor Hugo': who says where it is, and something beside, reports. 'Graffiti école Jules Ferry', 'a
   * pothole between the school and the pool': the place is a topic of its own, and what is said beside it is surely a report.
   */
  atPlace(intents: HeardIntent[], beside: () => Word[] | null, hear: (words: Word[]) => HeardIntent[]): HeardIntent[];
  /** 'The third time I report this swing', 'my street is never cleaned, what are you paid for': what it is about. */
  spokenOf(
    intents: HeardIntent[],
    text: string,
    spoken: Word[],
    sort: (words: Word[], without: ReadonlySet<string>) => HeardIntent[],
  ): string | undefined;
}

export function createReportsFirst(topics: Topic[]): ReportsFirst {
  const reports = new Set(topics.filter(({ kind }) => kind === 'report').map(({ id }) => id));
  const questions = new Set(topics.filter(({ kind }) => kind === 'question').map(({ id }) => id));
  const isRelated = (one: string, other: string) =>
    [
      [one, other],
      [other, one],
    ].some(([from, to]) => topics.find(({ id }) => id === from)?.seeAlso?.includes(to!));

  /** Of what is reported, one needs only be likelier than anything else. */
  function likeliest(intents: HeardIntent[], least: number): HeardIntent[] {
    const [top, second] = intents;
    const isLikeliest = top && top.confidence >= least && (second?.confidence ?? 0) < CLEARLY * top.confidence;
    if (!isLikeliest || !reports.has(top.topic)) return intents;
    return [{ ...top, confidence: Math.max(top.confidence, KNOWN) }, ...intents.slice(1)];
  }

  return {
    wished(isReport, sort, without) {
      const intents = sort(without);
      const [top] = intents;
      if (!isReport || !top) return intents;
      if (!questions.has(top.topic)) return likeliest(intents, LIKELY);
      const [report] = sort(new Set([...STEERING, ...questions]));
      if (!report || !isRelated(report.topic, top.topic)) return intents;
      const others = intents.filter(({ topic }) => topic !== report.topic);
      return [{ topic: report.topic, confidence: top.confidence }, ...others].slice(0, MOST_OFFERED);
    },
    atPlace(intents, beside, hear) {
      const [top] = intents;
      if (zoneOf(intents) !== 'act') return beside() ? likeliest(intents, LIKELY_AT_PLACE) : intents;
      if (!top || !questions.has(top.topic) || !intents.some(({ topic }) => reports.has(topic))) return intents;
      const words = beside();
      const [report] = words ? hear(words) : [];
      if (!report || !reports.has(report.topic) || report.confidence < SURE_BESIDE) return intents;
      return [report, ...intents.filter(({ topic }) => topic !== report.topic)].slice(0, MOST_OFFERED);
    },
    spokenOf(intents, text, spoken, sort) {
      if (!SPEAKING_OF.has(intents[0]?.topic ?? '')) return undefined;
      // It stands in one of them; the others say that nothing was done.
      const heard = [spoken, ...clausesOf(text, spoken).slice(0, MOST_CLAUSES)].flatMap(
        (words) => sort(words, NOT_SPOKEN_OF)[0] ?? [],
      );
      const [top] = heard.filter(({ topic }) => reports.has(topic)).sort((one, other) => other.confidence - one.confidence);
      return top && top.confidence >= SPOKEN_OF ? top.topic : undefined;
    },
  };
}
