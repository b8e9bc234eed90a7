// Reads what stands in the browser's storage, which other scripts of the page, an older widget or a curious visitor may have
// written: outside data like any other. What does not have its shape is as if it were not there.
import type { Activity } from '../../../src/domain/message/activity';
import { type Opening, object, objects, readTown, string } from './incoming';
import { CITIZEN, type Letter } from './letter';

export interface Kept {
  conversationId?: string;
  token?: string;
  /** Whose chat it is, so that a reload need not ask. */
  town?: Opening['town'];
  /** Language the citizen chose with the switch. */
  language?: string;
  /** Time (ISO) of the last message that stood in the open panel. */
  readUntil?: string;
}

function parse(text: string | null | undefined): Record<string, unknown> {
  try {
    return object(JSON.parse(text ?? ''));
  } catch {
    return {};
  }
}

const isMoment = (text: string): boolean => /^\d{4}-/.test(text) && !Number.isNaN(Date.parse(text));

export function readKept(text: string | null | undefined): Kept {
  const raw = parse(text);
  const readUntil = string(raw.readUntil);
  return {
    conversationId: string(raw.conversationId) || undefined,
    token: string(raw.token) || undefined,
    town: string(object(raw.town).name) ? readTown(raw.town) : undefined,
    language: string(raw.language) || undefined,
    readUntil: isMoment(readUntil) ? readUntil : undefined,
  };
}

/** A message that was typed, or null; field by field, because it will be sent as it stands. */
export function readLetter(text: string | null): Letter | null {
  const raw = parse(text);
  const said = object(raw.activity);
  const [id, at, fileName] = [string(raw.id), string(raw.at), string(raw.fileName)];
  const places = objects(said.entities).filter(({ type, geo }) => type === 'Place' && object(geo).latitude !== undefined);
  const channelData = object(said.channelData);
  const displayText = string(object(channelData.messageBack).displayText);
  if (!id || !isMoment(at) || !(string(said.text) || places.length || fileName)) return null;
  const activity: Activity = {
    type: 'message',
    from: CITIZEN,
    locale: string(said.locale) || undefined,
    timestamp: at,
    text: string(said.text),
    ...(places.length ? { entities: places as unknown as Activity['entities'] } : {}),
    channelData: { clientActivityID: id, ...(displayText ? { postBack: true, messageBack: { displayText } } : {}) },
  };
  return { id, at, activity, state: fileName ? 'failed' : 'waiting', fileName: fileName || undefined };
}
