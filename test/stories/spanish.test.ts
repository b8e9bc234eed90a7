/** A town that speaks Spanish: its folder and `locales/es` are all there is to it. By web and by text message. */
import { join } from 'node:path';
import { createCitizen } from '../support/citizen';
import { REFERENCE } from '../support/phone-hall';
import { usePhoneHall } from '../support/use-city-hall';

const SMS = '+34699998100';
const WHATSAPP = 'whatsapp:+34699998200';

const { hall, carrier, rows } = usePhoneHall({ numbers: [SMS, WHATSAPP], env: { TOWNS_DIR: join(__dirname, '../towns') } });

const citizen = () => createCitizen(hall.url, { town: 'valdeluna', locale: 'es' });

test('a street lamp is reported on the page, with the address as Spanish writes it', async () => {
  const ana = await citizen();
  await ana.says('hay una farola apagada en la calle Mayor 12');
  expect(await ana.hears(/avería del alumbrado/)).toMatch(/Lugar: calle Mayor, 12/);
  await ana.says('no');
  await ana.hears(/teléfono o un correo/);
  await ana.says('612 34 56 78');
  await ana.hears(/Resumen de su solicitud/);
  await ana.says('sí, envíelo');
  const reference = REFERENCE.exec(await ana.hears(/Su referencia/))?.[0] ?? '';
  const [ticket] = (await rows.tickets()).filter((one) => one.reference === reference);
  expect(ticket).toMatchObject({ town: 'valdeluna', topic: 'report_street_light', place: { text: 'calle Mayor, 12' } });
});

test('hours, and what leans on them', async () => {
  const ana = await citizen();
  await ana.says('¿a qué hora abren hoy?');
  await ana.hears(/Oficina de atención ciudadana, plaza Mayor, 1/);
  await ana.says('¿y la alcaldesa?');
  await ana.hears(/jueves de 17:00 a 19:00/);
});

test('danger comes first, and Spanish is no foreign language here', async () => {
  const ana = await citizen();
  await ana.says('huele mucho a gas en mi portal');
  const heard = await ana.hears(/Salga ya/);
  expect(heard).toMatch(/080.*112.*900 750 750/s);
  expect(heard).not.toMatch(/Solo hablo|asistente automático del ayuntamiento y solo hablo/);
  await ana.says('ya he llamado');
  await ana.hears(/gracias por llamar/);
});

test('a stranger is told in German what is spoken here', async () => {
  const otto = await citizen();
  await otto.says('wie kann ich mich bitte hier anmelden');
  await otto.hears(/spreche nur Spanisch/);
});

test('the same by text message: a report, danger, no more messages', async () => {
  const phone = carrier.phone('+34612345601', SMS);
  await phone.sends('farola fundida en c/ del pozo nº 14');
  expect((await phone.next(/alumbrado|Ayuntamiento/)).text).toMatch(/calle del Pozo, 14/);
  await phone.sends('sin contacto');
  await phone.next(/Responda SÍ para enviar/);
  await phone.sends('sí');
  await phone.next(REFERENCE);
  expect((await rows.tickets()).filter(({ address }) => address.endsWith('34612345601'))).toMatchObject([
    { topic: 'report_street_light', channel: 'sms', place: { text: 'calle del Pozo, 14' } },
  ]);
  await phone.sends('mi marido no respira');
  await phone.next(/061.*112/s);
  await phone.sends('darme de baja');
  await phone.next(/no recibirá más mensajes/);
});

test('whoever helps is let go, in Spanish: both are told', async () => {
  const [vecina, ayuda] = ['+34699997001', '+34699997002'].map((number) => carrier.phone(number, SMS));
  await vecina!.sends('hay una farola apagada en la calle Mayor 12');
  await vecina!.next(/SÍ/);
  await vecina!.sends('sí');
  const [reference = ''] = REFERENCE.exec((await vecina!.next(REFERENCE)).text) ?? [];
  await ayuda!.sends(`actúo por mi vecina ${reference}`);
  await ayuda!.next(/Cómo se llama/);
  await ayuda!.sends('Inés Gil');
  await ayuda!.next(/dos códigos/);
  await ayuda!.sends(/\b\d{6}\b/.exec((await vecina!.next(/Inés Gil quiere actuar/)).text)![0]);
  await ayuda!.next(/También recibirá/);
  await vecina!.sends('ya no quiero que Inés se ocupe de mi solicitud');
  await vecina!.next(/retirar este acuerdo/);
  await vecina!.sends('sí');
  await vecina!.next(/Inés Gil ya no actúa/);
  await ayuda!.next(/el acuerdo ha terminado/);
  expect((await rows.tickets()).find((one) => one.reference === reference)).toMatchObject({ helper: null });
});
