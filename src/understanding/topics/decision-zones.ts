/**
 * What to do with what was heard: act on it, offer up to three topics, or say that it was not
 * understood and offer a person. Answering wrongly costs a citizen more than asking back.
 */
import type { Heard, HeardIntent } from '../../domain/language/heard';
import { OUTSIDE } from '../learning/model';

const ACT = 0.5;
const OFFER = 0.15;

export function zoneOf([first]: HeardIntent[]): Heard['zone'] {
  if (!first || first.topic === OUTSIDE) return 'none';
  if (first.confidence >= ACT) return 'act';
  return first.confidence >= OFFER ? 'offer' : 'none';
}

/** What is understood of a language the town does not speak is asked back, unless an encoder is sure of it. */
export function foreignZoneOf([first]: HeardIntent[], isSure: boolean): Heard['zone'] {
  if (!first || first.topic === OUTSIDE) return 'none';
  if (isSure) return 'act';
  return first.confidence >= OFFER ? 'offer' : 'none';
}

/** Words nobody wrote a rule for ("j'en ai assez de vos textos") opt out as well when they surely mean it. */
const SURE_OPT_OUT = 0.8;

export function isOptOut([first]: HeardIntent[]): boolean {
  return first?.topic === 'stop' && first.confidence >= SURE_OPT_OUT;
}
