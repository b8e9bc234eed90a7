/**
 * How every command begins and ends: its words and options are read by one rule, `--help` tells how it is used, and what it
 * comes to is an exit code, with a sentence where it fails.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
/** What was typed: the words, and the options by name. */
export type Typed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>>;

export interface Command<O extends Options> {
  usage: string;
  options: O;
  /** Whether words may stand beside the options. */
  takesWords?: boolean;
  /** The exit code; `usage` when what was typed makes no sense. */
  main(typed: Typed<O>): Promise<number | 'usage'>;
  /** The exit code of a failure, 1 when absent. */
  atFault?: number;
  /** What stands before the sentence of a failure. */
  lead?: string;
}

const MISUSED = 2;

export function runCommand<O extends Options>({ usage, options, takesWords, main, atFault = 1, lead = '' }: Command<O>): void {
  const misused = (why = ''): number => {
    process.stderr.write(`${why}${usage}\n`);
    return MISUSED;
  };
  const run = async (): Promise<number> => {
    if (asksForHelp(process.argv.slice(2))) {
      process.stdout.write(`${usage}\n`);
      return 0;
    }
    const typed = read(options, takesWords ?? false);
    if (typed instanceof Error) return misused(`${typed.message}\n\n`);
    const code = await main(typed);
    return code === 'usage' ? misused() : code;
  };
  run().then(
    (code) => {
      process.exitCode = code;
    },
    (error: Error) => {
      process.stderr.write(`${lead}${error.message}\n`);
      process.exitCode = atFault;
    },
  );
}

/** Behind `--` stand words. */
function asksForHelp(words: string[]): boolean {
  const options = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  return options.includes('--help') || options.includes('-h');
}

function read<O extends Options>(options: O, allowPositionals: boolean): Typed<O> | Error {
  try {
    return parseArgs({ options, allowPositionals, strict: true }) as Typed<O>;
  } catch (error) {
    return error as Error;
  }
}
