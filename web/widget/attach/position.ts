// Sharing a position: asked of the device only after the citizen has said yes to the town, then once, never followed.
import type { PlaceEntity } from '../../../src/domain/message/activity';
import { el, icon, nameButton } from '../element';
import type { Question } from '../talk/prompts';
import type { Words } from '../words';

const WAIT_MS = 20_000;

type Found = { outcome: 'found'; place: PlaceEntity } | { outcome: 'denied' } | { outcome: 'not-found' };

/** Whether this browser, on this page, can be asked at all. */
const canFindPosition = (): boolean => 'geolocation' in navigator && window.isSecureContext;

function findPosition(): Promise<Found> {
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        resolve({
          outcome: 'found',
          place: { type: 'Place', geo: { type: 'GeoCoordinates', latitude, longitude, accuracy: Math.round(accuracy) } },
        }),
      ({ code, PERMISSION_DENIED }) => resolve({ outcome: code === PERMISSION_DENIED ? 'denied' : 'not-found' }),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
    );
  });
}

interface Parts {
  words(): Words;
  question: Question;
  say(text: string, isProblem?: boolean): void;
  focus(): void;
  share(place: PlaceEntity): void;
}

interface PlaceSharing {
  button: HTMLButtonElement;
  translate(): void;
}

export function createPlaceSharing({ words, question, say, focus, share }: Parts): PlaceSharing {
  const button = el('button', { type: 'button', class: 'tool', onclick: ask }, icon('place'));
  button.hidden = !canFindPosition();

  function ask() {
    say('');
    question.ask(words().placeAsk, words().place, async (isYes) => {
      focus();
      if (!isYes) return;
      say(words().placeSearching, true);
      const found = await findPosition();
      if (found.outcome === 'denied') return say(words().placeDenied, true);
      if (found.outcome === 'not-found') return say(words().placeNotFound, true);
      say('');
      share(found.place);
    });
  }

  return { button, translate: () => nameButton(button, words().place) };
}
