/**
 * The one-stop desk: what comes by the counter, the phone, a letter or an e-mail is opened by the same topics, forms and
 * references as what citizens write themselves, once, and joined to what they asked before.
 */
import { randomUUID } from 'node:crypto';
import { type DeskUser, signedIn } from '../support/desk';
import { REFERENCE, SMS } from '../support/phone-hall';
import { usePhoneHall } from '../support/use-city-hall';

let nadia: DeskUser;

// A Thursday, a quarter past ten: every service is open.
const { hall, carrier } = usePhoneHall({ at: '2026-11-26T09:15:00Z' });

beforeAll(async () => {
  nadia = await signedIn(hall, 'nadia');
});

const call = { way: 'call', language: 'fr', answers: {} };
const read = async (contact: object) => (await nadia.call('POST', 'contacts/reading', { ...call, ...contact })).body;
const noted = (contact: object, actionId: string = randomUUID()) =>
  nadia.call('POST', 'contacts', { ...call, actionId, ...contact });

test('what is typed is read as the bot reads it: the topic, the place, the phone; what is missing is named', async () => {
  const reading = await read({ words: 'un lampadaire est cassé devant le 14 rue des Lilas, rappeler au 06 39 98 45 67' });
  expect(reading).toMatchObject({ topic: 'report_street_light', reach: '06 39 98 45 67', others: [] });
  expect(reading.fields.find(({ kind }: { kind: string }) => kind === 'place')).toMatchObject({
    read: '14 rue des Lilas',
    isMissing: false,
  });
  const bare = await read({ words: 'un nid-de-poule', topic: 'report_pothole' });
  expect(bare.fields).toMatchObject([{ id: 'place', isRequired: true, isMissing: true, ask: expect.stringContaining('Où') }]);
  const abroad = await read({
    words: 'un nid-de-poule',
    topic: 'report_pothole',
    reach: '12',
    answers: { place: 'Tour Eiffel' },
  });
  expect(abroad.reachRefused).toMatch(/numéro/);
  expect((await noted({ words: 'un nid-de-poule', topic: 'report_pothole' })).status).toBe(422);
  expect((await noted({ words: 'bonjour', topic: 'report_unicorn' })).body.error.code).toBe('unknown-name');
});

test('a call becomes a request with the reference that is told, once; its reference goes by text message when asked', async () => {
  const phone = carrier.phone('+33639984567', SMS);
  const contact = {
    words: 'un lampadaire est cassé',
    topic: 'report_street_light',
    name: 'Mme Martin',
    reach: '06 39 98 45 67',
    answers: { place: '14 rue des Lilas' },
  };
  const actionId = randomUUID();
  const [first, again] = await Promise.all([noted(contact, actionId), noted(contact, actionId)]);
  expect([first.status, again.status]).toEqual([201, 201]);
  const { ticket, conversation } = first.body;
  expect(again.body.ticket.reference).toBe(ticket.reference);
  expect(ticket).toMatchObject({ title: expect.stringMatching(/[Ll]ampadaire|[ÉE]clairage/), hasPhone: true, mayOpen: true });
  expect(ticket.reference).toMatch(REFERENCE);
  const whole = (await nadia.get(`tickets/${ticket.reference}`)).body;
  expect(whole).toMatchObject({ channel: 'call', contact: '+33639984567', address: '14 rue des Lilas', conversation });
  expect(whole.answers).toContainEqual(expect.objectContaining({ label: 'Nom', value: 'Mme Martin' }));
  const detail = (await nadia.get(`conversations/${encodeURIComponent(conversation)}`)).body;
  expect(detail.conversation).toMatchObject({ channel: 'call', outcome: 'request', ticket: ticket.reference, who: '·· 45 67' });
  expect(detail.lines.map(({ by }: { by: string }) => by)).toEqual(['note', 'bot']);
  expect(detail.lines[0].text).toBe('Mme Martin, 06 39 98 45 67\nun lampadaire est cassé');

  expect((await noted({ ...contact, text: true }, actionId)).body.isSent).toBe(true);
  expect((await phone.next(REFERENCE)).text).toContain(ticket.reference);
  // The next call of the same number finds it, and so does the citizen by text message.
  const next = await read({ words: 'je rappelle', reach: '0639984567' });
  expect(next.others.map(({ reference }: { reference: string }) => reference)).toEqual([ticket.reference]);
  await phone.sends(`suivi ${ticket.reference}`);
  expect((await phone.next(/14 rue des Lilas/)).text).toContain(ticket.reference);
});

test('a question that was answered at the counter is kept as one, without a request', async () => {
  const words = 'quels papiers faut-il pour refaire une carte d’identité ?';
  const reading = await read({ words });
  expect(reading).toMatchObject({ topic: 'faq_id_card', fields: [], answer: expect.stringContaining('carte') });
  const { body } = await noted({ way: 'visit', words });
  expect(body.ticket).toBeUndefined();
  const detail = (await nadia.get(`conversations/${encodeURIComponent(body.conversation)}`)).body;
  expect(detail.conversation).toMatchObject({ channel: 'visit', outcome: 'answered', who: 'Habitant' });
});

test('a message for a service waits for somebody there, who cannot answer it in writing', async () => {
  const { body } = await noted({ way: 'letter', words: 'Demande un rendez-vous pour son mariage', service: 'etat-civil' });
  expect(body.ticket.reference).toMatch(REFERENCE);
  const { items } = (await nadia.get('conversations?list=queue')).body;
  expect(items).toMatchObject([{ id: body.conversation, channel: 'letter', ticket: body.ticket.reference }]);
  const at = `conversations/${encodeURIComponent(body.conversation)}`;
  const act = (action: object) => nadia.call('POST', `${at}/actions`, { actionId: randomUUID(), ...action });
  expect((await act({ kind: 'claim' })).status).toBe(200);
  expect((await nadia.get(at)).body.may).not.toContain('say');
  expect((await act({ kind: 'say', text: 'Bonjour', seenLine: 9 })).status).toBe(409);
  expect((await act({ kind: 'close', outcome: 'answered' })).status).toBe(200);
});
