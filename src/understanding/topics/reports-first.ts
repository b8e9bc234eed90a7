/** Which report is meant where it is known, or nearly, that something is reported: by the wish, or by the place that is named. */
import type { HeardIntent } from '../../domain/language/heard';
import type { Topic } from '../../domain/topic/topic';
import { MOST_OFFERED } from '../learning/classifier';
import { STEERING } from './wishes';

/** What is said to be a report is taken for its likeliest topic from so much on, and so much before the second. */
const LIKELY = 0.3;
const LIKELY_AT_PLACE = 0.45;
const CLEARLY = 0.75;
const KNOWN = 0.5;

export interface ReportsFirst {
  /** Whoever wants to report noise wants to report it, not to know the rules about it: of two that are related the report. */
  wished(isReport: boolean, sort: (without?: ReadonlySet<string>) => HeardIntent[], without?: ReadonlySet<string>): HeardIntent[];
  /** 'Gros trou au 32 rue Victor Hugo': who says where it is, and something beside, reports. */
  atPlace(intents: HeardIntent[]): HeardIntent[];
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
    atPlace: (intents) => likeliest(intents, LIKELY_AT_PLACE),
  };
}
