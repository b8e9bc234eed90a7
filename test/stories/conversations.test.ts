/** Conversations from real life, through the real routes: what is heard, and what stands on the request. */
import { createCitizen } from '../support/citizen';
import { CONVERSATIONS, type Told } from '../support/conversations';
import { CONVERSATIONS_ALL_YEAR } from '../support/conversations-all-year';
import { CONVERSATIONS_IN_FORMS } from '../support/conversations-in-forms';
import { LATER_CONVERSATIONS } from '../support/conversations-later';
import { PLACE_CONVERSATIONS } from '../support/conversations-places';
import { type PhoneHall, SMS, WHATSAPP } from '../support/phone-hall';
import { photo } from '../support/pictures';
import { usePhoneHall } from '../support/use-city-hall';

const LIMIT = 60_000;
let last = 0;

// Before the carrier closes.
afterAll(() => expect(carrier.leaks()).toBe(0));
const { hall, carrier, rows } = usePhoneHall();

interface Person {
  /** Types it, or sends a photo, waits until this is heard, and tells all that was. */
  says(typed: string, hears: RegExp): Promise<string>;
  tickets(): Promise<Awaited<ReturnType<PhoneHall['rows']['tickets']>>>;
}

async function onTheWeb({ language }: Told): Promise<Person> {
  const ana = await createCitizen(hall.url, { locale: language });
  return {
    async says(typed, hears) {
      if (typed === 'photo') await ana.sends({ name: 'here.jpg', type: 'image/jpeg', bytes: await photo() });
      else await ana.says(typed);
      return ana.hears(hears, LIMIT / 2);
    },
    tickets: () => rows.tickets(ana.conversation),
  };
}

function byPhone({ channel }: Told): Person {
  last += 1;
  const number = `+3363997${String(1000 + last)}`;
  const phone = channel === 'sms' ? carrier.phone(number, SMS) : carrier.phone(`whatsapp:${number}`, WHATSAPP);
  return {
    async says(typed, hears) {
      await phone.sends(typed);
      return (await phone.next(hears)).text;
    },
    tickets: async () => (await rows.tickets()).filter(({ address }) => address.endsWith(number)),
  };
}

test('there are sixty and more', () => {
  expect(CONVERSATIONS).toHaveLength(30);
  expect(LATER_CONVERSATIONS.length).toBeGreaterThanOrEqual(30);
});

test.each(
  [...CONVERSATIONS, ...LATER_CONVERSATIONS, ...PLACE_CONVERSATIONS, ...CONVERSATIONS_IN_FORMS, ...CONVERSATIONS_ALL_YEAR].map(
    (told) => [`${told.title} (${told.channel}, ${told.language})`, told] as const,
  ),
)(
  '%s',
  async (_title, told) => {
    const ana = told.channel === 'web' ? await onTheWeb(told) : byPhone(told);
    for (const [typed, hears, never] of told.turns) {
      const heard = await ana.says(typed, hears);
      if (never) expect(heard).not.toMatch(never);
    }
    const tickets = (await ana.tickets()).sort((one, other) => (one.openedAt < other.openedAt ? -1 : 1));
    expect(tickets.map(({ topic }) => topic)).toEqual(told.tickets.map(({ topic }) => topic));
    for (const [at, expected] of told.tickets.entries()) {
      const ticket = tickets[at]!;
      const words = [ticket.words, ...(ticket.said ?? [])].join('\n');
      if (expected.service) expect(ticket.service).toBe(expected.service);
      if (expected.place) expect(ticket.place?.text).toMatch(expected.place);
      if (expected.words) expect(words).toMatch(expected.words);
      if (expected.contact) expect(ticket.contact?.value).toBe(expected.contact);
      if (expected.photos !== undefined) expect(ticket.files).toHaveLength(expected.photos);
      for (const [field, text] of Object.entries(expected.answers ?? {}))
        expect(ticket.answers.find((answer) => answer.field === field)?.text).toMatch(text);
    }
  },
  LIMIT,
);
