/** An invented town with senders, as short as the phone channels' tests need it. */
import type { Town } from '../../src/domain/town';

export function aTown(id: string, senders: Town['senders']): Town {
  const name = id[0]!.toUpperCase() + id.slice(1);
  return {
    id,
    name,
    authority: { fr: `Mairie de ${name}`, en: `${name} town hall` },
    timeZone: 'Europe/Paris',
    country: 'FR',
    languages: ['fr', 'en'],
    services: [],
    unfiled: [],
    frontDesk: 'accueil',
    exceptionalDays: [],
    publicHolidays: {},
    emergency: {
      general: '112',
      fire: '18',
      medical: '15',
      police: '17',
      bySms: '114',
      gas: '0 800 47 33 33',
      suicide: '3114',
      childAbuse: '119',
      domesticViolence: '3919',
      missingChild: '116 000',
    },
    privacy: { contact: `dpo@${id}.example`, url: `https://${id}.example/donnees` },
    allowedOrigins: [],
    senders,
    streets: [],
    landmarks: [],
    boundary: [],
  };
}
