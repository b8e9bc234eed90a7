// Sharing a position: asked of the device only after the citizen has said yes to the town, then once, never followed.
import type { PlaceEntity } from '../../../src/domain/activity';

const WAIT_MS = 20_000;

type Found = { outcome: 'found'; place: PlaceEntity } | { outcome: 'denied' } | { outcome: 'not-found' };

/** Whether this browser, on this page, can be asked at all. */
export const canFindPosition = (): boolean => 'geolocation' in navigator && window.isSecureContext;

export function findPosition(): Promise<Found> {
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
