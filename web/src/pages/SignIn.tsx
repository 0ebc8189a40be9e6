/** Signing in and signing up: one form, errors first, nothing to solve. */
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { forgetAnswers } from '../lib/api';
import { plural } from '../lib/format';
import { ApiProblem, malformed } from '../lib/problem';
import { Link, navigate, useAddress } from '../lib/router';
import { signIn, signUp, useKnown, isGuest } from '../lib/session';
import { Title } from '../parts/Page';
import { ErrorSummary, Field, useWait } from '../parts/Form';
import type { FieldError } from '../parts/Form';

/** A path of ours, and nothing else: `//elsewhere` is another host. */
export const safeNext = (text: string | null): string => (text && /^\/(?![/\\])/.test(text) ? text : '/');

interface Values { readonly email: string; readonly password: string; readonly name: string }

/** What can be said before the server is asked. */
export function missing({ email, password, name }: Values, isNew: boolean): FieldError[] {
  const found: FieldError[] = [];
  if (isNew && name.trim() === '') found.push({ field: 'name', text: 'Enter a name; it is shown on the leaderboard.' });
  if (!/^\S+@\S+$/.test(email.trim())) found.push({ field: 'email', text: 'Enter an e-mail address, such as ada@example.org.' });
  if (password === '') found.push({ field: 'password', text: 'Enter a password.' });
  return found;
}

export default function SignIn() {
  const { path, query } = useAddress();
  const isNew = path === '/sign-up';
  return <Form key={path} isNew={isNew} next={safeNext(query.get('next'))} />;
}

function Form({ isNew, next }: { isNew: boolean; next: string }) {
  const [values, setValues] = useState<Values>({ email: '', password: '', name: '' });
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [isSending, setIsSending] = useState(false);
  const [claimed, setClaimed] = useState<number | null>(null);
  const [wait, startWait] = useWait();
  const who = useKnown();
  const set = (name: keyof Values) => (text: string) => setValues((now) => ({ ...now, [name]: text }));
  const refuse = (found: readonly FieldError[]) => { setErrors(found); setAttempt((now) => now + 1); };
  const send = async () => {
    const found = missing(values, isNew);
    if (found.length > 0) return refuse(found);
    setIsSending(true);
    setErrors([]);
    try {
      if (isNew) {
        const runs = await signUp(values.email.trim(), values.password, values.name.trim());
        forgetAnswers();
        if (runs > 0) return setClaimed(runs);
      } else {
        await signIn(values.email.trim(), values.password);
        forgetAnswers();
      }
      navigate(next);
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : malformed(error);
      if (problem.retryAfterSeconds !== null) startWait(problem.retryAfterSeconds);
      refuse([fieldOf(problem)]);
      setIsSending(false);
    }
  };
  const submit = (event: FormEvent) => { event.preventDefault(); if (!isSending && wait === 0) void send(); };
  const errorOf = (field: string) => errors.find((each) => each.field === field)?.text ?? null;
  if (claimed !== null) return <Claimed runs={claimed} next={next} />;
  const title = isNew ? 'Sign up' : 'Sign in';
  const other = `${isNew ? '/sign-in' : '/sign-up'}${next === '/' ? '' : `?next=${encodeURIComponent(next)}`}`;
  return (
    <div className="form">
      <Title title={title}>{title}</Title>
      <p className="lead">{isNew ? 'Ranked runs, your place on the leaderboard, and every decision kept under your name.' : 'Go on under your name.'}</p>
      {!isGuest(who) && <p className="banner">You are signed in as {who?.name ?? 'somebody'}. <Link href="/account">Your account</Link></p>}
      <ErrorSummary key={attempt} errors={errors} />
      <form className="pane" onSubmit={submit} noValidate>
        {isNew && <Field id="name" label="Name, shown to everybody" autoComplete="nickname" value={values.name} change={set('name')} error={errorOf('name')} />}
        <Field id="email" label="E-mail address" type="email" autoComplete={isNew ? 'email' : 'username'} value={values.email} change={set('email')} error={errorOf('email')} />
        <Field id="password" label="Password" type="password" autoComplete={isNew ? 'new-password' : 'current-password'} value={values.password} change={set('password')} error={errorOf('password')} {...(isNew ? { hint: 'Eight characters or more. A few words do well; paste from a password manager is welcome.' } : {})} />
        {wait > 0 && <p className="quiet">You can try again in {plural(wait, 'second')}.</p>}
        <button type="submit" className="primary" disabled={isSending || wait > 0}>{isSending ? 'One moment…' : title}</button>
      </form>
      {isNew && who?.kind === 'guest' && <p>What you played here as a guest becomes yours, as practice.</p>}
      {!isNew && who?.kind === 'guest' && <p className="quiet">Runs you played here as a guest stay with the guest. <Link href={other}>Sign up</Link> instead to keep them.</p>}
      <p>{isNew ? 'You have an account?' : 'No account yet?'} <Link href={other}>{isNew ? 'Sign in' : 'Sign up'}</Link></p>
    </div>
  );
}

const FIELDS: Readonly<Record<string, string>> = {
  'name-taken': 'name', 'email-refused': 'email', 'wrong-credentials': 'email',
};

/** At which field an answer belongs; the whole form where it says nothing of that. */
function fieldOf(problem: ApiProblem): FieldError {
  const field = FIELDS[problem.code] ?? (/^\/(name|email|password)$/.test(problem.pointer ?? '') ? (problem.pointer ?? '').slice(1) : null);
  const text = problem.code === 'wrong-credentials' ? 'There is no account with this e-mail address and password.' : problem.detail || problem.title;
  return { field, text };
}

function Claimed({ runs, next }: { runs: number; next: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => link.current?.focus(), []);
  return (
    <section className="pane">
      <Title title="Welcome">Welcome</Title>
      <p role="status">{plural(runs, 'run')} you played as a guest {runs === 1 ? 'is' : 'are'} yours now, as practice.</p>
      <p className="row"><a ref={link} className="button primary" href={next} onClick={(event) => { event.preventDefault(); navigate(next); }}>Go on</a></p>
    </section>
  );
}
