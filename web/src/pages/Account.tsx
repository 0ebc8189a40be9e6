/** The account: name, address, password, devices, export, and the way out. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import { BASE, forgetAnswers, newKey, post, remove, useAnswer } from '../lib/api';
import { flag, list, number, object, text } from '../lib/decode';
import { moment, plural } from '../lib/format';
import { ApiProblem, malformed } from '../lib/problem';
import { Link, navigate, to } from '../lib/router';
import { account, closeAccount, isGuest, signOut, update, useAccount, useKnown } from '../lib/session';
import type { Account as AccountData } from '../lib/session';
import { DeviceSettings } from '../parts/DeviceSettings';
import { ErrorSummary, Field, useWait } from '../parts/Form';
import type { FieldError } from '../parts/Form';
import { Title } from '../parts/Page';
import { Empty, Loaded, Loading } from '../parts/States';

const devices = object({
  position: number,
  sessions: list(object({ id: text, createdAt: text, lastUsedAt: text, expiresAt: text, device: text, current: flag })),
});

export default function Account() {
  const who = useKnown();
  const self = useAccount();
  if (!who || isGuest(who)) {
    return (
      <>
        <Title title="Account">Account</Title>
        <Empty title={who ? 'You play as a guest' : 'You are not signed in'}>
          <p>{who ? 'Guests practise: their runs are scored and kept, but not ranked. Sign up, and they become yours.' : 'Everything can be read, and played for practice, without an account.'}</p>
          <p className="row"><Link className="button primary" href="/sign-up?next=%2Faccount">Sign up</Link><Link className="button" href="/sign-in?next=%2Faccount">Sign in</Link></p>
        </Empty>
        {who && <p><Link href={to('audit', 'user', who.id)}>Every decision you made as a guest</Link></p>}
        <DeviceSettings />
      </>
    );
  }
  return (
    <>
      <Title title="Account">Account</Title>
      {self ? <Own self={self} /> : <Loading what="your account" height={600} />}
    </>
  );
}

function Own({ self }: { self: AccountData }) {
  const [isLeaving, setIsLeaving] = useState(false);
  const leave = async () => {
    setIsLeaving(true);
    await signOut().catch(() => { /* Signed out here all the same: the cookies run out by themselves. */ });
    forgetAnswers();
    navigate('/');
  };
  return (
    <>
      <section className="pane" aria-labelledby="who">
        <h2 id="who">{self.name ?? 'Without a name'}</h2>
        <dl>
          <dt>E-mail</dt><dd>{self.email ?? 'none'}</dd>
          <dt>Pro</dt><dd>{self.isPro ? 'yes: reports are open to you' : 'no: the first page of a report is open to everybody'}</dd>
          {self.isOperator && <><dt>Rights</dt><dd>operator of this server: <Link href="/audit">projections and rebuild</Link></dd></>}
          <dt>Ranked</dt><dd>{self.mayBeRanked ? 'yes, by the first run of a race' : 'no'}</dd>
        </dl>
        <p className="row">
          <Link className="button" href={to('u', self.name ?? self.id)}>Your page</Link><Link className="button" href={to('audit', 'user', self.id)}>Every decision</Link>
          <button type="button" disabled={isLeaving} onClick={() => void leave()}>Sign out</button>
        </p>
      </section>
      <div className="halves">
        <Change
          title="Change the e-mail address" path="email" email={self.email ?? ''} done="The e-mail address is changed."
          fields={[{ id: 'email', label: 'New e-mail address', type: 'email', autoComplete: 'email' }, { id: 'password', label: 'Your password', type: 'password', autoComplete: 'current-password' }]}
        />
        <Change
          title="Change the password" path="password" email={self.email ?? ''} done="The password is changed; other devices have to sign in again."
          fields={[{ id: 'password', label: 'Password so far', type: 'password', autoComplete: 'current-password' }, { id: 'newPassword', label: 'New password', type: 'password', autoComplete: 'new-password' }]}
        />
      </div>
      <Devices />
      <DeviceSettings />
      <section className="pane" aria-labelledby="export">
        <h2 id="export">Everything of yours</h2>
        <p>All that is known of you: the account, then every event you caused with the proof that it is in the log, as JSON lines. <code>blame verify</code> checks them without us.</p>
        <p><a className="button" href={`${BASE}/auth/me/export`} download>Export</a></p>
      </section>
      <Close name={self.name ?? self.id} />
    </>
  );
}

interface ChangeField { readonly id: string; readonly label: string; readonly type: 'email' | 'password'; readonly autoComplete: string }

function Change({ title, path, fields, done, email }: { title: string; email: string; path: string; fields: readonly ChangeField[]; done: string }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [isDone, setIsDone] = useState(false);
  const [wait, startWait] = useWait();
  const idOf = (field: string) => `${path}-${field}`;
  const send = async () => {
    setIsDone(false);
    const empty = fields.filter(({ id }) => !values[id]);
    if (empty.length > 0) return setErrors(empty.map(({ id, label }) => ({ field: idOf(id), text: `Enter: ${label.toLowerCase()}.` })));
    try {
      update(await post(`${BASE}/auth/me/${path}`, values, account, newKey()));
      setErrors([]);
      setValues({});
      setIsDone(true);
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : malformed(error);
      if (problem.retryAfterSeconds !== null) startWait(problem.retryAfterSeconds);
      const named = fields.find(({ id }) => problem.pointer === `/${id}`)?.id ?? (problem.code === 'wrong-credentials' ? 'password' : null);
      setErrors([{ field: named && idOf(named), text: problem.code === 'wrong-credentials' ? 'That is not your password.' : problem.detail || problem.title }]);
    }
  };
  const submit = (event: FormEvent) => { event.preventDefault(); if (wait === 0) void send(); };
  return (
    <form className="pane" onSubmit={submit} noValidate aria-label={title}>
      <h2>{title}</h2>
      <ErrorSummary errors={errors} />
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      {fields.map(({ id, label, type, autoComplete }) => (
        <Field key={id} id={idOf(id)} label={label} type={type} autoComplete={autoComplete} value={values[id] ?? ''} change={(next) => setValues((now) => ({ ...now, [id]: next }))} error={errors.find(({ field }) => field === idOf(id))?.text ?? null} />
      ))}
      {wait > 0 && <p className="quiet">You can try again in {plural(wait, 'second')}.</p>}
      <p role="status">{isDone ? done : ''}</p>
      <button type="submit" disabled={wait > 0}>{title}</button>
    </form>
  );
}

function Devices() {
  const url = `${BASE}/auth/me/sessions`;
  const answer = useAnswer(url, devices);
  const [problem, setProblem] = useState<string | null>(null);
  const end = (id: string) => {
    setProblem(null);
    remove(`${url}/${id}`).then(answer.retry, (error: unknown) => setProblem(error instanceof ApiProblem ? error.detail : 'It could not be ended.'));
  };
  return (
    <section className="pane" aria-labelledby="devices">
      <h2 id="devices">Signed-in devices</h2>
      {problem && <p role="alert" className="bad">{problem}</p>}
      <Loaded answer={answer} what="the devices" height={160}>
        {({ sessions }) => (
          <div className="scroll" role="region" tabIndex={0} aria-label="Devices">
            <table>
              <caption>{plural(sessions.length, 'session')}</caption>
              <thead><tr><th scope="col">Device</th><th scope="col" className="hide-s">Since</th><th scope="col">Last used</th><th scope="col"><span className="hidden">End</span></th></tr></thead>
              <tbody>
                {sessions.map(({ id, device, createdAt, lastUsedAt, current }) => (
                  <tr key={id}>
                    <td>{browserOf(device)}{current && <strong> (this one)</strong>}</td>
                    <td className="hide-s">{moment(createdAt)}</td><td>{moment(lastUsedAt)}</td>
                    <td>{current ? <span className="quiet">sign out above</span> : <button type="button" onClick={() => end(id)}>End<span className="hidden"> the session of {browserOf(device)}, last used {moment(lastUsedAt)}</span></button>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </section>
  );
}


/** `Firefox on Windows` of what a browser says it is; its own words where they are not understood. */
export function browserOf(agent: string): string {
  const browser = ([['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari'], ['curl/', 'curl']] as const).find(([mark]) => agent.includes(mark))?.[1];
  const system = ([['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']] as const).find(([mark]) => agent.includes(mark))?.[1];
  if (!browser) return agent.slice(0, 60) || 'A device without a name';
  return system ? `${browser} on ${system}` : browser;
}

function Close({ name }: { name: string }) {
  const [typed, setTyped] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [isClosed, setIsClosed] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const close = async () => {
    if (typed !== name) return setProblem(`Type “${name}” to close the account.`);
    try {
      await closeAccount();
      forgetAnswers();
      setIsClosed(true);
      navigate('/');
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.detail : 'The account could not be closed.');
    }
  };
  return (
    <section className="pane" aria-labelledby="close">
      <h2 id="close">Close the account</h2>
      <p>Your name, address, password and everything derived from your runs are erased; you leave boards and windows. What stays are the events themselves, under a number that leads to nobody, so that every proof in the log stays valid.</p>
      {isOpen
        ? (
          <form onSubmit={(event) => { event.preventDefault(); void close(); }} noValidate>
            <Field id="close-name" label={`Type ${name} to confirm`} autoComplete="off" value={typed} change={setTyped} error={problem} />
            <p className="row"><button type="submit" className="danger" disabled={isClosed}>Close the account for good</button><button type="button" onClick={() => setIsOpen(false)}>Keep it</button></p>
          </form>
        )
        : <p><button type="button" onClick={() => setIsOpen(true)}>Close the account…</button></p>}
    </section>
  );
}
