// The door of the desk: signing in, also over a page whose session ended, and the one-time link that makes an account.
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import type { InvitationLook } from '../../../src/desk/wire';
import { Button, IconButton } from '../parts/controls';
import { Mark } from '../parts/mark';
import { go } from '../route';
import { api, Refused } from '../server/api';
import { signedIn } from '../state/session';
import { useDesk } from '../state/store';
import { explain } from '../state/toasts';
import { useWords, type Words } from '../words';
import { DirectoryDoor } from './directory';

const MIN_PASSWORD = 12;

function Door({ title, intro, children }: { title: string; intro: string; children?: ReactNode }) {
  const t = useWords();
  return (
    <main className="door" id="content">
      <div className="door-card">
        <p className="door-brand">
          <Mark /> {t.product}
        </p>
        <h1>{title}</h1>
        <p className="intro">{intro}</p>
        {children}
      </div>
    </main>
  );
}

interface FieldProps {
  label: string;
  name: string;
  type?: string;
  autoComplete: string;
  hint?: string;
  defaultValue?: string;
  autoFocus?: boolean;
}

function Field({ label, name, type = 'text', autoComplete, hint, defaultValue, autoFocus }: FieldProps) {
  const t = useWords();
  const id = useId();
  const [isShown, setShown] = useState(false);
  const isSecret = type === 'password';
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        <input
          id={id}
          name={name}
          type={isSecret && isShown ? 'text' : type}
          autoComplete={autoComplete}
          aria-describedby={hint ? `${id}-hint` : undefined}
          defaultValue={defaultValue}
          // biome-ignore lint/a11y/noAutofocus: the page is this form and nothing else.
          autoFocus={autoFocus}
          spellCheck={false}
          required
        />
        {isSecret && (
          <IconButton
            icon="eye"
            label={isShown ? t.signIn.hide : t.signIn.show}
            aria-pressed={isShown}
            onPress={() => setShown(!isShown)}
          />
        )}
      </div>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** Runs what a form asks for; while it does the form is busy, and what went wrong stands above its button. */
function useForm(work: (fields: Record<string, string>) => Promise<void>, said: (error: unknown, t: Words) => string) {
  const t = useWords();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]));
    setBusy(true);
    setFault('');
    try {
      await work(fields);
    } catch (error) {
      setFault(said(error, t));
      setBusy(false);
    }
  }
  const notice = (
    <p className="fault" role="alert">
      {fault}
    </p>
  );
  return { submit, isBusy, notice };
}

function saidAtTheDoor(error: unknown, t: Words): string {
  if (error instanceof Refused && error.status === 401) return t.signIn.wrong;
  if (error instanceof Refused && error.status === 429) return t.signIn.wait(Math.ceil((error.retryAfterSeconds ?? 60) / 60));
  if (error instanceof Refused && error.code.startsWith('password-')) return t.invitation.weak;
  return explain(error);
}

/** The form alone, so that it can stand over a page whose session has ended. */
export function SignInForm({ email }: { email?: string }) {
  const t = useWords();
  const { submit, isBusy, notice } = useForm(async ({ email, password }) => {
    await signedIn(await api.signIn(email ?? '', password ?? ''));
  }, saidAtTheDoor);
  return (
    <form onSubmit={submit}>
      <Field label={t.signIn.email} name="email" type="email" autoComplete="username" defaultValue={email} autoFocus={!email} />
      <Field label={t.signIn.password} name="password" type="password" autoComplete="current-password" autoFocus={!!email} />
      {notice}
      <Button type="submit" look="primary" isDisabled={isBusy}>
        {isBusy ? t.signIn.entering : t.signIn.enter}
      </Button>
    </form>
  );
}

export function SignIn() {
  const t = useWords();
  useEffect(() => {
    document.title = `${t.signIn.title} · ${t.product}`;
  }, [t]);
  return (
    <Door title={t.signIn.title} intro={t.signIn.intro}>
      <SignInForm />
      <DirectoryDoor />
    </Door>
  );
}

export function Invitation() {
  const t = useWords();
  const [code] = useState(() => location.hash.slice(1));
  const [look, setLook] = useState<InvitationLook | 'invalid' | 'offline'>();
  useEffect(() => {
    api
      .invitation(code)
      .then(setLook, (error) => setLook(error instanceof Refused && error.status === 0 ? 'offline' : 'invalid'));
  }, [code]);
  const { submit, isBusy, notice } = useForm(async ({ name, email, password }) => {
    if ((password ?? '').length < MIN_PASSWORD) throw new Refused(400, 'password-short', '');
    const me = await api.accept(code, name ?? '', password ?? '', email);
    // The code has served: it does not stay in the address.
    go({ view: 'desk' }, { replace: true });
    await signedIn(me);
  }, saidAtTheDoor);
  if (!look) return <Door title={t.invitation.title} intro={t.loading} />;
  if (look === 'invalid' || look === 'offline') {
    const advice = look === 'invalid' ? t.invitation.invalid : t.errors.offline;
    return <Door title={t.invitation.title} intro={advice} />;
  }
  return (
    <Door title={t.invitation.title} intro={t.invitation.intro(look.town.name, look.email)}>
      <form onSubmit={submit}>
        {!look.email && <Field label={t.signIn.email} name="email" type="email" autoComplete="username" autoFocus />}
        {look.email && <input type="hidden" autoComplete="username" value={look.email} readOnly />}
        <Field label={t.invitation.yourName} name="name" autoComplete="name" defaultValue={look.name} autoFocus={!!look.email} />
        <Field
          label={t.invitation.password}
          name="password"
          type="password"
          autoComplete="new-password"
          hint={t.invitation.rule}
        />
        {notice}
        <Button type="submit" look="primary" isDisabled={isBusy}>
          {t.invitation.enter}
        </Button>
      </form>
    </Door>
  );
}

/** Over a page whose session ended: drafts stay where they are. */
export function SignInAgain() {
  const t = useWords();
  const email = useDesk(({ me }) => me?.email);
  return (
    <div className="veil">
      <div className="window" role="dialog" aria-modal="true" aria-labelledby="again">
        <div className="dialog">
          <header>
            <h2 id="again">{t.signIn.title}</h2>
          </header>
          <p>{t.signIn.again}</p>
          <SignInForm email={email} />
        </div>
      </div>
    </div>
  );
}
