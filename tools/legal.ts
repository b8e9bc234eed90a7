/** `npm run legal`: the texts that the law wants published about the assistant, as its page shows them, for whoever has to read them over. */
import { readConfig } from '../src/config';
import { isLegalText, LEGAL_TEXTS, legalText, legalTitle } from '../src/domain/legal';
import { openTowns } from '../src/towns';
import { runCommand, type Typed } from './run-command';

const USAGE = `npm run legal -- <town> [${LEGAL_TEXTS.join('|')}] [--language fr]     all four when none is named
A town's own words win: legal.yml in its folder, {accessibility: {fr: …, en: …}}, with the fields of the product's texts.`;

const OPTIONS = { language: { type: 'string' } } as const;

async function main({ positionals, values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  const [id = '', name] = positionals;
  if (id === '' || (name !== undefined && !isLegalText(name))) return 'usage';
  const towns = await openTowns(readConfig(process.env));
  const town = towns.get(id);
  if (!town) throw new Error(`There is no town ${id}`);
  const language = values.language ?? town.languages[0];
  if (!town.languages.includes(language)) throw new Error(`${id} speaks ${town.languages.join(', ')}`);
  for (const each of name ? [name] : LEGAL_TEXTS)
    process.stdout.write(`# ${legalTitle(towns, town, each, language)}\n\n${legalText(towns, town, each, language)}\n`);
  return 0;
}

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main });
