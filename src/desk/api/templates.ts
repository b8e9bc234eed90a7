/** What may be sent by WhatsApp when its day is over: which templates there are, which of them it has approved. */
import type { Conversation } from '../../domain/conversation';
import { type Refusal, refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Town, Towns } from '../../domain/town';
import { templatesFor, wordsOf } from '../queue/templates';
import type { TemplateList } from '../wire';
import type { ConversationReads } from './conversations';
import { type Frame, NOT_FOUND } from './frame';
import { ConversationId } from './requests';

export interface TemplateParts {
  frame: Frame;
  reads: ConversationReads;
  towns: Towns;
  /** Whether WhatsApp has approved a template in a language; throws where the carrier cannot be asked. Absent without one. */
  isApproved?(name: string, language: string): Promise<boolean>;
}

const UNKNOWN = refuse(503, 'templates-unavailable', 'What WhatsApp has approved could not be asked just now');

export function createTemplateRoutes({ frame, reads, towns, isApproved }: TemplateParts): Route[] {
  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/conversations/:id/templates',
      async handle({ caller: { agent, town }, params }) {
        const id = ConversationId.safeParse(params.id);
        const conversation = id.success ? await reads.readable(agent, id.data) : null;
        if (conversation?.channel !== 'whatsapp') return NOT_FOUND;
        // As agents read them: what each is for, and what goes into it.
        const named = new Map(templatesFor(towns, town, agent.settings.language).map(({ name, desk }) => [name, desk]));
        try {
          const items = await Promise.all(
            templatesFor(towns, town, conversation.memory.language).map(async ({ name, language, body, desk }) => ({
              ...{ name, language, body },
              ...(named.get(name) ?? desk),
              isApproved: (await isApproved?.(name, language)) ?? false,
            })),
          );
          const list: TemplateList = { items };
          return { status: 200, body: list };
        } catch {
          return UNKNOWN;
        }
      },
    }),
  ];
}

/** Why a template may not be sent to this conversation; null when it may. */
export async function refuseTemplate(
  { towns, isApproved }: Pick<TemplateParts, 'towns' | 'isApproved'>,
  town: Town,
  { channel, memory }: Conversation,
  { template: name, values }: { template: string; values: string[] },
): Promise<Refusal | null> {
  const found = templatesFor(towns, town, memory.language).find((one) => one.name === name);
  if (channel !== 'whatsapp' || !found || wordsOf(found, values) === null)
    return refuse(400, 'bad-request', 'There is no such template here, or its fields are not these');
  try {
    const isSendable = (await isApproved?.(name, found.language)) ?? false;
    return isSendable ? null : refuse(409, 'template-not-approved', 'WhatsApp has not approved this template');
  } catch {
    return UNKNOWN;
  }
}
