/** Somebody acts for another: 'it is for my mother', 'I act for her'; and 'Léa is not to look after my request any more'. */
import { helpedHere, type Talk } from '../../dialogs';
import { phraseKey } from '../../domain/language/words';
import { isNamedIn } from '../../domain/ticket/helper';
import { findReferences } from '../../domain/ticket/ticket';
import { begin } from '../hold';

/** 'I act for her', or 'for my mother' where it is about a request that was sent. */
export function actsForAnother({ text, heard, memory, ...talk }: Talk): boolean {
  if (talk.means('act-for')) return true;
  const isAboutSent = findReferences(text).length > 0 || memory.dialogs.length > 0 || talk.means('status');
  return talk.means('for-another') && (isAboutSent || (heard.zone === 'act' && heard.intents[0]?.topic === 'ticket_status'));
}

export async function actFor(talk: Talk): Promise<boolean> {
  const { reference } = talk.memory.dialogs.at(-1)?.data ?? {};
  talk.memory.dialogs = talk.memory.dialogs.filter(({ dialog }) => dialog !== 'status');
  await begin(talk, 'helper', { reference });
  return true;
}

/** The words alone could be about a clerk or a carer at home: a helper by their name or in so many words, and a request, must be meant. */
export async function helpEnds(talk: Talk): Promise<boolean> {
  const isPlain = talk.means('stop-acting');
  if (!isPlain && !talk.means('no-longer')) return false;
  const helped = await helpedHere(talk);
  const key = phraseKey(talk.text);
  const isMeant = isPlain || talk.means('helper') || helped.some(({ helper }) => isNamedIn(key, helper.name));
  const isOfRequest = helped.length > 0 || findReferences(talk.text).length > 0 || talk.means('own-request');
  if (!isMeant || !isOfRequest || talk.memory.dialogs.at(-1)?.dialog === 'form') return false;
  await begin(talk, 'helper-end', {});
  return true;
}
