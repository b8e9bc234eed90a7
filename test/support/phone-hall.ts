/** A city hall with a carrier beside it: what a story by SMS or WhatsApp begins with. */
import { type Carrier, type CarrierOptions, openCarrier } from '../../src/demo/carrier';
import type { Town } from '../../src/domain/town';
import type { LogTo } from '../../src/log';
import { type CityHall, openCityHall } from './city-hall';
import { openRows, type Rows } from './rows';

/** Bellerive's senders. */
export const SMS = '+33639981000';
export const WHATSAPP = 'whatsapp:+33639982000';
/** A ticket's reference, as the bot says it. */
export const REFERENCE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/;

export interface PhoneHall {
  carrier: Carrier;
  hall: CityHall;
  rows: Rows;
  /** Also asserts that nothing was asked of the carrier that its contract does not know. */
  close(): Promise<void>;
}

export interface PhoneHallOptions extends Partial<Omit<CarrierOptions, 'clock'>> {
  /** The carrier lives in the story's time; in the real time when absent. */
  isInStory?: boolean;
  /** The moment the story begins; the real time when absent. */
  at?: string;
  env?: Record<string, string>;
  /** Characters a second that nobody types; no limit when absent. */
  machinePace?: number;
  logTo?: LogTo;
  /** Whom Bellerive tells of a danger. */
  alerts?: Town['alerts'];
  /** What else differs from its files. */
  changed?: Partial<Town> | ((town: Town) => Partial<Town>);
}

/** The settings by which a city hall uses this carrier. */
export function accountOf({ accountSid, authToken, url }: Carrier) {
  return { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_API_URL: url };
}

export async function openPhoneHall({
  isInStory = false,
  at,
  env = {},
  alerts,
  changed = {},
  machinePace,
  logTo,
  ...options
}: PhoneHallOptions = {}): Promise<PhoneHall> {
  let hall: CityHall | undefined;
  const clock = () => (isInStory && hall ? hall.clock.now() : new Date());
  const carrier = await openCarrier({ numbers: [SMS, WHATSAPP], ...options, clock });
  async function close(): Promise<void> {
    await hall?.close();
    await carrier.close();
  }
  try {
    hall = await openCityHall({
      ...(at ? { at } : {}),
      env: { ...accountOf(carrier), PHONE_PAUSE_MS: '100', ...env },
      alerts: { bellerive: alerts },
      change: (town) =>
        town.id === 'bellerive' ? { ...town, ...(typeof changed === 'function' ? changed(town) : changed) } : town,
      ...(machinePace ? { machinePace } : {}),
      ...(logTo ? { logTo } : {}),
    });
    carrier.connect(hall.url);
    const rows = await openRows(hall);
    return {
      carrier,
      hall,
      rows,
      async close() {
        await rows.close();
        await close();
        expect(carrier.violations).toEqual([]);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
