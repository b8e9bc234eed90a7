/** A mail server on this machine, and what it was handed, read as any mail program reads it. */
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  /** For `SMTP_URL`. */
  url: string;
  /** Oldest first. */
  received: Email[];
  /** The next of these steps are refused with this reply code, one each: 'RCPT' 550, 'DATA' 451… */
  refuse(step: 'RCPT' | 'DATA', code: number): void;
  /** What it was asked for so far. */
  steps: Array<'RCPT' | 'DATA'>;
  close(): Promise<void>;
}

/** @param account who may send, where a password is asked for. */
export async function openMailServer(account?: { user: string; password: string }): Promise<MailServer> {
  const received: Email[] = [];
  const refusals: Array<{ step: 'RCPT' | 'DATA'; code: number }> = [];
  const steps: MailServer['steps'] = [];
  const refusalAt = (step: 'RCPT' | 'DATA') => {
    const at = refusals.findIndex((one) => one.step === step);
    const [refusal] = at < 0 ? [] : refusals.splice(at, 1);
    return refusal && Object.assign(new Error('Not taken'), { responseCode: refusal.code });
  };
  const server = new SMTPServer({
    authOptional: !account,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === account?.user && password === account?.password
        ? done(null, { user: username })
        : done(Object.assign(new Error('No such account'), { responseCode: 535 })),
    onRcptTo(_address, _session, done) {
      steps.push('RCPT');
      done(refusalAt('RCPT'));
    },
    onData(stream, _session, done) {
      steps.push('DATA');
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refusal = refusalAt('DATA');
        if (refusal) return done(refusal);
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          received.push(mail);
          done();
        }, done);
      });
    },
  });
  // Whoever hands a mail over may be ended with -9 in the midst of it.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') throw error;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${account ? `${account.user}:${encodeURIComponent(account.password)}@` : ''}127.0.0.1:${port}`,
    received,
    steps,
    refuse: (step, code) => refusals.push({ step, code }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
