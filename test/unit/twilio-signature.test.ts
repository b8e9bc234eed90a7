/** Who is calling: Twilio's published known-answer vectors (protocols.md 1.2), and what each refusal is called. */
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { readForm, verify } from '../../src/channels/twilio/incoming/signature';

const CALL = { CallSid: 'CA1234567890ABCDE', Digits: '1234', To: '+18005551212' };
const accountSid = `AC${'1'.repeat(32)}`;
const body = (params: Record<string, string>) => Buffer.from(new URLSearchParams(params).toString());

/** The vectors carry no AccountSid, so a right signature is told by which refusal comes next. */
function isSigned(url: string, signature: string, rawBody: Buffer): boolean {
  const { origin, pathname, search } = new URL(url);
  const verdict = verify(
    { signature, target: pathname + search, rawBody },
    { accountSid, authToken: '12345', publicUrl: origin },
  );
  return !verdict.isTrusted && verdict.reason === 'wrong-account';
}

describe('known answers', () => {
  const with310 = body({ ...CALL, Caller: '+14158675310', From: '+14158675310' });
  const with309 = body({ ...CALL, Caller: '+14158675309', From: '+14158675309' });

  test.each([
    ['https://example.com/myapp.php?foo=1&bar=2', 'L/OH5YylLD5NRKLltdqwSvS0BnU=', with310],
    ['https://mycompany.com/myapp.php?foo=1&bar=2', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', with309],
    ['http://mycompany.com:1234/myapp.php?foo=1&bar=2', 'Zmvh+3yNM1Phv2jhDCwEM3q5ebU=', with309],
  ])('%s', (url, signature, rawBody) => {
    expect(isSigned(url, signature, rawBody)).toBe(true);
    expect(isSigned(url, signature, body({ ...CALL, Caller: '+14158675311', From: '+14158675310' }))).toBe(false);
    expect(isSigned(`${url}&baz=3`, signature, rawBody)).toBe(false);
    expect(isSigned(url, signature.toLowerCase(), rawBody)).toBe(false);
  });

  const JSON_BODY = Buffer.from('{"property": "value", "boolean": true}');
  const SHA = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
  test.each([
    [`https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=${SHA}`, 'a9nBmqA0ju/hNViExpshrM61xv4='],
    [`https://mycompany.com/myapp.php?bodySHA256=${SHA}`, 'y77kIzt2vzLz71DgmJGsen2scGs='],
  ])('a body signed by its hash: %s', (url, signature) => {
    expect(isSigned(url, signature, JSON_BODY)).toBe(true);
    expect(isSigned(url, signature, Buffer.from('{"property": "other", "boolean": true}'))).toBe(false);
    expect(isSigned(url.replace('bodySHA256', 'bodySHA'), signature, JSON_BODY)).toBe(false);
  });
});

describe('verdicts', () => {
  const account = { accountSid, authToken: '12345', publicUrl: 'https://guichet.example/town/' };
  const rawBody = body({ AccountSid: accountSid, Body: ' spaces and é kept ', MediaUrl0: '' });
  const sign = (url: string, params: Record<string, string | string[]>) => getExpectedTwilioSignature('12345', url, params);
  const good = sign('https://guichet.example/town/hooks?a=b', { ...readForm(rawBody) });

  test('signed over the configured address, prefix included, by our account: trusted', () => {
    const verdict = verify({ signature: good, target: '/hooks?a=b', rawBody }, account);
    expect(verdict).toMatchObject({
      isTrusted: true,
      form: { AccountSid: accountSid, Body: ' spaces and é kept ', MediaUrl0: '' },
    });
  });

  test('without a header: 400', () =>
    expect(verify({ signature: undefined, target: '/hooks?a=b', rawBody }, account)).toMatchObject({ status: 400 }));
  test('no token configured: 500, and nothing is trusted', () =>
    expect(
      verify(
        { signature: sign('https://guichet.example/town/hooks?a=b', {}), target: '/hooks?a=b', rawBody },
        { ...account, authToken: '' },
      ),
    ).toMatchObject({ status: 500 }));
  test('another account, rightly signed: 403', () =>
    expect(verify({ signature: good, target: '/hooks?a=b', rawBody }, { ...account, accountSid: `AC${'2'.repeat(32)}` })).toEqual(
      {
        isTrusted: false,
        status: 403,
        reason: 'wrong-account',
      },
    ));

  test.each(['', 'x', `${good}=`, good.slice(1), '\u00e9'.repeat(28)])('signature %j: refused', (signature) =>
    expect(verify({ signature, target: '/hooks?a=b', rawBody }, account).isTrusted).toBe(false),
  );

  test('repeated parameters are signed as Twilio signs lists: every value, sorted, once each', () => {
    const raw = Buffer.from(`AccountSid=${accountSid}&X=b&X=a&X=b`);
    const signature = sign('https://guichet.example/town/hooks', { AccountSid: accountSid, X: ['b', 'a', 'b'] });
    expect(verify({ signature, target: '/hooks', rawBody: raw }, account)).toMatchObject({
      isTrusted: true,
      form: { X: ['b', 'a', 'b'] },
    });
  });

  test('a parameter may be called anything', () => {
    const raw = Buffer.from(`AccountSid=${accountSid}&__proto__=x&constructor=y&toString=z`);
    const form = readForm(raw)!;
    expect(Object.keys(form)).toEqual(['AccountSid', '__proto__', 'constructor', 'toString']);
    expect(
      verify({ signature: sign('https://guichet.example/town/hooks', form), target: '/hooks', rawBody: raw }, account).isTrusted,
    ).toBe(true);
  });
});

test('a body with more parameters than Twilio sends is refused before it is read, however it repeats them', () => {
  const account = { accountSid, authToken: '12345', publicUrl: 'https://guichet.example' };
  for (const parameter of ['a', 'a=b', '', '%61=%62']) {
    const rawBody = Buffer.from(`${parameter}&`.repeat(256));
    expect(readForm(rawBody)).toBeNull();
    expect(verify({ signature: 'x', target: '/hooks', rawBody }, account)).toMatchObject({ status: 400, reason: 'bad-form' });
  }
  expect(readForm(Buffer.from('a&'.repeat(255)))).toEqual({ a: Array(255).fill('') });
});
