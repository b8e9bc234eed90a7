/** What every page behind a link does alike: it answers while the store is away, and says what it can where a link tells nothing. */
import type { IncomingMessage } from 'node:http';
import { escaped } from '../../../domain/http/html';
import { sentenceOf } from '../../../domain/language/sentences';
import type { Towns } from '../../../domain/town';
import type { Exchange, Route } from '../../channel';
import { isPassing } from '../answer';
import { languageOf } from './language';
import type { Page } from './page';

/** A page of no town, in a language that the browser asks for and one of the towns speaks. */
export function townlessPage(towns: Towns, request: IncomingMessage, heading: string, lines: string[]): Page {
  const language = languageOf(
    request,
    towns.list().flatMap(({ languages }) => languages),
  );
  const t = (id: string) => sentenceOf(towns, towns.list()[0]?.id ?? '', language, id);
  return { language, heading: t(heading), main: lines.map((line) => `<p>${escaped(t(line))}</p>`) };
}

/** @param away answers what cannot be looked up just now. */
export function linkRoute(
  asked: Pick<Route, 'method' | 'path' | 'body'>,
  answer: (exchange: Exchange) => Promise<void>,
  away: (exchange: Exchange) => void,
): Route {
  return {
    caller: 'citizen',
    ...asked,
    async handle(exchange) {
      try {
        await answer(exchange);
      } catch (error) {
        if (!isPassing(error)) throw error;
        away(exchange);
      }
    },
  };
}
