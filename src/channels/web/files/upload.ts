/**
 * A citizen's photos and documents, with the message they come with. All of them are
 * inspected before any is kept, so that a message arrives whole or not at all.
 */
import { isRefusal } from '../../../domain/http/refusal';
import type { Exchange } from '../../channel';
import type { Access, Citizen } from '../access';
import { type Allowance, addressOf } from '../allowance';
import type { Answer } from '../answer';
import type { Call } from '../call';
import { readIncoming } from '../incoming';
import type { Intake } from '../intake';
import type { Limits, WebParts } from '../parts';
import type { Keeping } from './keeping';
import type { Receiving, SentFile } from './receiving';

interface Inside {
  parts: Pick<WebParts, 'clientIp'>;
  access: Access;
  allowance: Allowance;
  intake: Intake;
  receiving: Receiving;
  keeping: Keeping;
  limits: Limits;
}

export function uploadCalls({ parts, access, allowance, intake, receiving, keeping, limits }: Inside): Call[] {
  async function upload(exchange: Exchange): Promise<Answer> {
    const who = access.member(exchange);
    if (isRefusal(who)) return who;
    const address = addressOf(exchange.request, parts.clientIp);
    const spent = await allowance.message(who.conv, address);
    if (spent) return spent;
    return receiving.receive(exchange.request, address, (sent) => (isRefusal(sent) ? sent : keep(who, address, sent)));
  }

  async function keep(
    who: Citizen,
    address: string,
    { activity, files }: { activity: unknown; files: SentFile[] },
  ): Promise<Answer> {
    const incoming = readIncoming(activity ?? { type: 'message' }, { maxText: limits.text, hasFiles: files.length > 0 });
    if (isRefusal(incoming)) return incoming;
    const id = intake.idOf(who, incoming);
    if (!incoming.activity || files.length === 0) return intake.message(who, id, incoming);
    const spent = await allowance.files(who.conv, files.length);
    if (spent) return spent;
    const attachments = await keeping.keep(files, { town: who.town, conversation: who.conv, key: id, address });
    return isRefusal(attachments) ? attachments : intake.message(who, id, incoming, attachments);
  }

  return [{ method: 'post', path: '/v3/directline/conversations/:id/upload', body: 'raw', answer: upload }];
}
