/** The pages that the law wants published about the assistant: a list of them, and each, in the town's languages. For everybody. */
import { escaped } from '../../../domain/http/html';
import { sentenceOf } from '../../../domain/language/sentences';
import { isLegalText, LEGAL_TEXTS, legalText, legalTitle, type Piece, piecesOf } from '../../../domain/legal';
import type { Town, Towns } from '../../../domain/town';
import type { Exchange, Route } from '../../channel';
import { townlessPage } from '../pages/behind-link';
import { languageLinks, languageOf } from '../pages/language';
import { type Page, sendOpenPage, sendPage } from '../pages/page';

export function createLegalPages({ towns }: { towns: Towns }): { routes: Route[] } {
  const routeTo = (path: string, draw: (town: Town, language: string, name: string) => Page | null): Route => ({
    caller: 'anyone',
    method: 'get',
    path,
    body: 'none',
    async handle(exchange) {
      const { params, response } = exchange;
      const town = towns.get(params.town ?? '');
      const page = town && draw(town, spoken(exchange, town), params.text ?? '');
      if (page) return sendOpenPage(response, page);
      sendPage(response, 404, townlessPage(towns, exchange.request, 'page.unknown', ['page.unknown-why']));
    },
  });

  function list(town: Town, language: string): Page {
    const items = LEGAL_TEXTS.map((name) => {
      const to = `${town.id}/${name}?l=${language}`;
      return `<li><a href="${escaped(to)}">${escaped(legalTitle(towns, town, name, language))}</a></li>`;
    });
    const heading = sentenceOf(towns, town.id, language, 'legal.list');
    return framed(town, language, heading, [`<ul>${items.join('')}</ul>`]);
  }

  function text(town: Town, language: string, name: string): Page | null {
    if (!isLegalText(name)) return null;
    const back = sentenceOf(towns, town.id, language, 'legal.back');
    return framed(town, language, legalTitle(towns, town, name, language), [
      ...piecesOf(legalText(towns, town, name, language)).map(drawPiece),
      `<p><a href="../${escaped(town.id)}?l=${escaped(language)}">${escaped(back)}</a></p>`,
    ]);
  }

  return { routes: [routeTo('/legal/:town', list), routeTo('/legal/:town/:text', text)] };
}

function framed(town: Town, language: string, heading: string, main: string[]): Page {
  const others = town.languages.filter((code) => code !== language);
  return { language, authority: town.authority[language] ?? town.name, heading, main: [...main, ...languageLinks(others)] };
}

function spoken({ request, query }: Exchange, { languages }: Town): string {
  const asked = query.get('l') ?? '';
  return languages.includes(asked) ? asked : languageOf(request, languages);
}

function drawPiece(piece: Piece): string {
  switch (piece.kind) {
    case 'heading':
      return `<h2>${escaped(piece.text)}</h2>`;
    case 'list':
      return `<ul>${piece.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    case 'words':
      return `<p>${escaped(piece.text)}</p>`;
  }
}
