/** The list of dialogs. A new one is a file beside these and a line here. */

import { choose } from './choose';
import { danger } from './danger/danger';
import type { Dialog } from './dialog';
import { change } from './form/change';
import { form } from './form/form';
import { optOut } from './opt-out';
import { ownData } from './own-data';
import { passOn } from './pass-on';
import { person } from './person';
import { helper } from './request/helper';
import { helperEnd } from './request/helper-end';
import { join } from './request/join';
import { same } from './request/same';
import { withdraw } from './request/withdraw';
import { status } from './status';
import { subscribe } from './subscribe';
import { survey } from './survey';

export const dialogs: readonly Dialog[] = [
  danger,
  form,
  person,
  status,
  withdraw,
  join,
  same,
  helper,
  helperEnd,
  choose,
  change,
  optOut,
  ownData,
  passOn,
  survey,
  subscribe,
];

export { type ChoosingWords, choiceInPart, choosingWordsOf, readChoice } from './choices';
export { canBeOffered, choosesSent, offerTopics } from './choose';
export { adviseInCase, hearDanger } from './danger/advice';
export { isAnswer } from './danger/answered';
export { placeOfDanger } from './danger/danger';
export { beginsAgain, hearAfterwards, recallDanger, rememberDoubt } from './danger/past';
export { type Dialog, isPhone, isPosted, isQuestion, type SayOptions, type Step, type Talk } from './dialog';
export { fillIn } from './form/counter';
export { dropsContact, isPlainAnswer, keepInRequest } from './form/details';
export { fileIds } from './form/fields';
export { doorOn } from './form/place-choice';
export { asksToEnd, isOver } from './form/said/ending';
export { isDetailOf } from './form/said/named-choices';
export { answersForm, holdsQuestion, isForForm } from './form/said/questions';
export { draftOf, openedText } from './form/summary';
export { goesBackToForm } from './hand-over';
export { comeBack, leave, putAside, sayUnsent } from './opt-out';
export { carriedFromForm, serviceNamed } from './person';
export { entryFor, leaveQueue, tellOutlook } from './queue';
export { correctionOf } from './request/corrected';
export { helpedHere } from './request/helper-end';
export { addTo, type JoinData } from './request/join';
export { fits, theirs, ticketName } from './request/theirs';
export { namesOf, subscribeTo } from './subscribe';
