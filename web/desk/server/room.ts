// Whether this tab is in the room in which its agent trains. It is the tab's own: beside it the real desk goes on.
const KEY = 'guichet.room';
const TRAINING = 'training';

export const isTraining = () => sessionStorage.getItem(KEY) === TRAINING;

/** What tells the server so. */
export const roomHeaders = (): Record<string, string> => (isTraining() ? { 'guichet-room': TRAINING } : {});
export const roomQuery = () => (isTraining() ? `&room=${TRAINING}` : '');

/** From the beginning, so that nothing of one desk is left on the other. */
export function enterRoom(conversation: string): void {
  sessionStorage.setItem(KEY, TRAINING);
  location.assign(`/desk/c/${encodeURIComponent(conversation)}`);
}

export function leaveRoom(): void {
  sessionStorage.removeItem(KEY);
  location.assign('/desk/training');
}
