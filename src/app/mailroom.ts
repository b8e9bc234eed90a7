/** What makes nothing get lost: who decides and who delivers are handed to it here. */
import { isRoom } from '../domain/desk/training';
import type { Live } from '../live';
import { createAlertLetters, createMailroom, createPollResults, type Mailroom, type MailroomParts } from '../mailroom';
import type { openChannels } from './channels';
import type { House } from './house';

/** Speech to text, the fastest way for a person, gives about twelve characters a second. */
const MACHINE_PACE = 16;

/** What it needs beside the house. */
interface Beside
  extends Pick<MailroomParts, 'bot' | 'desk' | 'outlook' | 'callbackTimes' | 'onStep' | 'sweepMs' | 'sendLeaseMs' | 'onTurn'> {
  ways: Awaited<ReturnType<typeof openChannels>>;
  live: Live;
  /** Told of what people at the desk look at. */
  tellDesk: (town: string, id: string) => void;
  machinePace: number | undefined;
}

export function openMailroom(
  house: House,
  { ways, live, tellDesk, onTurn, machinePace = MACHINE_PACE, ...beside }: Beside,
): Mailroom {
  const { config, towns, store, clock, log } = house;
  const { web, channels, couriers } = ways;
  return createMailroom({
    ...store,
    ...{ channels, couriers, clock, log },
    photoLink: web.photoLink.linkTo,
    ownData: web.ownData,
    statusLink: web.statusPage.linkTo,
    alertLetters: createAlertLetters(towns),
    pollResults: createPollResults(towns),
    unreadAfterMs: config.unreadAfterMs,
    limits: { ...config.paidLimits, charactersPerSecond: machinePace },
    // In a room where agents train nothing is counted.
    onTurn: (town, rule) => isRoom(town) || onTurn?.(town, rule),
    onChanged: live.changed,
    towns: towns.list(),
    onAlert: tellDesk,
    onDelivery: tellDesk,
    ...beside,
  });
}
