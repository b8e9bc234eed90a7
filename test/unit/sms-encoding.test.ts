/** What a text message costs (protocols.md 1.8, computed there with Twilio's own calculator), and what may be substituted. */
import { smsBodies } from '../../src/channels/sms';
import type { Activity } from '../../src/domain/message/activity';
import { inPlainAlphabet, sizeOf } from '../../src/domain/message/sms-encoding';
import { aTown } from '../support/phone-town';

describe('size of a text message', () => {
  test.each([
    ['a'.repeat(160), 'gsm-7', 1],
    ['a'.repeat(161), 'gsm-7', 2],
    ['a'.repeat(306), 'gsm-7', 2],
    ['a'.repeat(307), 'gsm-7', 3],
    ['€'.repeat(80), 'gsm-7', 1],
    ['€'.repeat(81), 'gsm-7', 2],
    ['ê'.repeat(70), 'ucs-2', 1],
    ['ê'.repeat(71), 'ucs-2', 2],
    ['ê'.repeat(134), 'ucs-2', 2],
    ['ê'.repeat(135), 'ucs-2', 3],
    ['👍'.repeat(35), 'ucs-2', 1],
    ['👍'.repeat(36), 'ucs-2', 2],
    [`${'a'.repeat(152)}€${'b'.repeat(20)}`, 'gsm-7', 2],
    ['', 'gsm-7', 1],
  ])('%#', (text, encoding, segments) => expect(sizeOf(text)).toEqual({ encoding, segments }));

  test('one ç makes the whole message UCS-2', () => {
    const text = 'Votre demande a bien été reçue : nous vous répondons sous trois jours ici.';
    expect(text).toHaveLength(74);
    expect(sizeOf(text)).toEqual({ encoding: 'ucs-2', segments: 2 });
  });

  test.each([...'é è à ù É Ç ñ ö ü'.replaceAll(' ', '')])('%s is in the plain alphabet', (letter) =>
    expect(sizeOf(letter).encoding).toBe('gsm-7'),
  );
  test.each([...'ç ê â î ô û ë ï œ È À ’ « » ° … –'.replaceAll(' ', '')])('%s is not', (letter) =>
    expect(sizeOf(letter).encoding).toBe('ucs-2'),
  );

  test('an escape is not cut at the end of any segment', () => {
    // 152 + an escape that does not fit, twice: each moves to the next segment.
    expect(sizeOf(`${'a'.repeat(152)}€${'b'.repeat(150)}€${'c'}`)).toEqual({ encoding: 'gsm-7', segments: 3 });
    expect(sizeOf(`${'ê'.repeat(66)}👍${'ê'.repeat(64)}👍`)).toEqual({ encoding: 'ucs-2', segments: 3 });
  });
});

describe('substitutions', () => {
  test.each([
    ['L’accueil est ouvert…', "L'accueil est ouvert..."],
    ['Le service « Voirie » répond.', 'Le service "Voirie" répond.'],
    ['“Entendu”', '"Entendu"'],
    ['Vous avez dit :\n« le banc »', 'Vous avez dit :\n"le banc"'],
    ['9\u202fh – 12\u00a0h', '9 h - 12 h'],
    ['Le cœur du village', 'Le coeur du village'],
    ['À demain', 'A demain'],
    ['Dossier n°\u00a012', 'Dossier no 12'],
    ['✅ Demande enregistrée', 'Demande enregistrée'],
    ['e\u0301tat', 'état'],
  ])('%s', (typed, sent) => {
    expect(inPlainAlphabet(typed)).toBe(sent);
    expect(sizeOf(inPlainAlphabet(typed)).encoding).toBe('gsm-7');
  });

  test.each(['Allée des Chênes', 'Mme Lœtitia Maître', 'L’arrêt « Forêt » – ça va', '👍', 'Ève', 'Àngel'])(
    '%s keeps every sign: it cannot be made plain without touching a name',
    (text) => expect(inPlainAlphabet(text)).toBe(text),
  );

  test('plain text is untouched, whatever it holds', () => expect(inPlainAlphabet('a  "b" (c) \n d')).toBe('a  "b" (c) \n d'));
});

describe('a reply as a text message', () => {
  const town = aTown('valmont', { sms: '+33939000001' });
  const say = (activity: Partial<Activity>, linkTo: (url: string) => string | null = () => null) =>
    smsBodies({ type: 'message', locale: 'fr', ...activity }, town, linkTo);

  test('choices are numbered lines, links are spelled out, files are links; a number to call stands in the text already', () => {
    const actions = [
      { type: 'imBack' as const, title: 'Oui', value: 'yes' },
      { type: 'openUrl' as const, title: 'Horaires', value: 'https://mairie.example/h' },
      { type: 'imBack' as const, title: 'Non', value: 'no' },
      { type: 'call' as const, title: '112', value: 'tel:112' },
    ];
    const attachments = [{ contentType: 'application/pdf', contentUrl: '/files/1', name: 'plan.pdf' }];
    expect(
      say({ text: 'On continue ?', suggestedActions: { actions }, attachments }, (url) => `https://mairie.example${url}?k=1`),
    ).toEqual([
      'On continue ?\nHoraires : https://mairie.example/h\nplan.pdf : https://mairie.example/files/1?k=1\n1. Oui\n2. Non',
    ]);
  });

  test('a file that nobody outside may open is not linked', () =>
    expect(say({ text: 'Voici', attachments: [{ contentType: 'image/png', contentUrl: '/files/1' }] })).toEqual(['Voici']));

  test('markdown is undone only where it was meant', () => {
    expect(say({ textFormat: 'markdown', text: '**Bonjour** [la mairie](https://m.example)\n* un' })).toEqual([
      'Bonjour la mairie : https://m.example\n- un',
    ]);
    expect(say({ textFormat: 'plain', text: 'a ** b ** [c](d)' })).toEqual(['a ** b ** [c](d)']);
  });

  test('what comes unasked is signed, once; a reply is not', () => {
    expect(say({ text: 'Votre demande est close.', channelData: { unprompted: true } })).toEqual([
      'Mairie de Valmont : Votre demande est close.',
    ]);
    expect(say({ text: 'La Mairie de Valmont vous informe.', channelData: { unprompted: true } })).toEqual([
      'La Mairie de Valmont vous informe.',
    ]);
    expect(say({ text: 'Bien reçu.' })).toEqual(['Bien reçu.']);
    expect(say({ text: 'Closed.', locale: 'en-GB', channelData: { unprompted: true } })).toEqual(['Valmont town hall : Closed.']);
  });

  test('blank lines go when that saves the third segment, and stay when it does not', () => {
    const line = 'x'.repeat(61);
    const loose = [line, line, line, line, line].join('\n\n');
    expect(sizeOf(loose).segments).toBe(3);
    expect(say({ text: loose })).toEqual([loose]);
    const near = [line, line, line, line, 'x'.repeat(55)].join('\n\n');
    expect(sizeOf(near).segments).toBe(3);
    expect(sizeOf(say({ text: near })[0]!)).toEqual({ encoding: 'gsm-7', segments: 2 });
    expect(say({ text: 'a\n\nb' })).toEqual(['a\n\nb']);
  });

  test('beyond 1,600 characters it becomes several, cut between sentences and never inside a character', () => {
    const long = 'Une phrase assez longue pour la mairie. '.repeat(100).trim();
    const pieces = say({ text: long });
    expect(pieces.every((piece) => piece.length <= 1600 && piece.endsWith('.'))).toBe(true);
    expect(pieces.join(' ')).toBe(long);
    const emoji = say({ text: '👍'.repeat(1200) });
    expect(emoji.every((piece) => piece.length <= 1600 && !/[\ud800-\udbff]$|^[\udc00-\udfff]/.test(piece))).toBe(true);
    expect(emoji.join('')).toBe('👍'.repeat(1200));
  });

  test('nothing to say is nothing to send', () => expect(say({})).toEqual([]));
});
