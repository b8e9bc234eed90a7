/**
 * `npm run person -- export|erase`: what a town keeps about one person, as one file, or taken away. The person is found by
 * the phone they write from or left with a request, or by one of their requests. Who asks must have been shown to be them:
 * this command believes its operator.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEraser } from '../src/channels/twilio';
import { readConfig } from '../src/config';
import type { KeptFor } from '../src/domain/rights';
import { readReference } from '../src/domain/ticket/ticket';
import { createErasing, createPersons, type Known } from '../src/rights';
import { openDatabase } from '../src/store';
import { createStore } from '../src/store/store';
import { openTowns } from '../src/towns';
import { runCommand, type Typed } from './run-command';

const USAGE = `npm run person -- export <town> --phone +33612345678 [--to <file>]   everything about them as one JSON file, photos within
npm run person -- erase <town> --phone +33612345678                 taken away, here and at Twilio; what is still worked on
                                                                    stays until it is over: with --open that goes too
--email <address> instead of --phone, or --ticket <reference> for whoever wrote by the web. What is held for a dispute, or is to be
handed to the archives, stays and is named.`;

const WHY: Record<KeptFor, string> = {
  open: 'still worked on, until it is over',
  held: 'held for a dispute, until that is over',
  archives: 'to be handed to the archives',
};

const say = (text: string) => process.stdout.write(`${text}\n`);

function knownBy({ phone, email, ticket }: { phone?: string; email?: string; ticket?: string }): Known | null {
  if (email) return email.includes('@') ? { email: email.trim().toLowerCase() } : null;
  if (phone) return /^\+\d{8,15}$/.test(phone) ? { phone } : null;
  const reference = readReference(ticket ?? '');
  return reference ? { reference } : null;
}

const OPTIONS = {
  phone: { type: 'string' },
  email: { type: 'string' },
  ticket: { type: 'string' },
  to: { type: 'string' },
  open: { type: 'boolean', default: false },
} as const;

async function main({ positionals, values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  const [verb, town = ''] = positionals;
  const known = knownBy(values);
  if ((verb !== 'export' && verb !== 'erase') || town === '' || !known) return 'usage';
  const config = readConfig(process.env);
  const database = await openDatabase(config.store);
  const carrier = config.twilio && openEraser(config.twilio);
  try {
    const store = createStore(database);
    await store.prepare();
    const files = await database.openFiles(join(config.dataDir, 'files'));
    const clock = () => new Date();
    const erasing = createErasing({ ...store, files, eraseAtCarrier: carrier?.erase, clock });
    const persons = createPersons({ ...store, files, erasing, towns: await openTowns(config), clock });
    const person = await persons.find(town, known);
    if (person.conversations.length + person.tickets.length === 0) {
      say('Nothing is kept about them.');
      return 1;
    }
    if (verb === 'export') {
      const text = `${JSON.stringify(await persons.document(person), null, 2)}\n`;
      if (values.to) writeFileSync(values.to, text, { mode: 0o600 });
      else process.stdout.write(text);
      return 0;
    }
    const { conversations, tickets, kept } = await persons.erase(person, values.open);
    say(
      `Erased: ${conversations} conversation(s), ${tickets.length} request(s)${carrier ? ', and their messages at Twilio' : ''}.`,
    );
    for (const { reference, why } of kept) say(`Kept: ${reference}, ${WHY[why]}`);
    return 0;
  } finally {
    carrier?.close();
    await database.close();
  }
}

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main });
