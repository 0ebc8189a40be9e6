/** Who is here, and what belongs to them. */
import { useEffect, useRef, useState } from 'react';
import { forgetAnswers } from '../lib/api';
import { Link, navigate, to, useAddress } from '../lib/router';
import { isGuest, signOut, useAccount, useKnown } from '../lib/session';

export function AccountMenu() {
  const who = useKnown();
  const { path } = useAddress();
  useAccount();
  if (!who || isGuest(who)) {
    const next = path === '/' || path.startsWith('/sign-') ? '' : `?next=${encodeURIComponent(path)}`;
    return <Link className="button" href={`/sign-in${next}`}>Sign in</Link>;
  }
  return <Menu id={who.id} name={who.name ?? who.id} />;
}

function Menu({ id, name }: { id: string; name: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !box.current?.contains(event.target as Node)) setIsOpen(false);
    };
    window.addEventListener('pointerdown', close);
    window.addEventListener('keydown', close);
    return () => {
      window.removeEventListener('pointerdown', close);
      window.removeEventListener('keydown', close);
    };
  }, [isOpen]);
  const shut = () => setIsOpen(false);
  const leave = () => {
    shut();
    void signOut().catch(() => { /* The cookies run out by themselves. */ }).then(() => {
      forgetAnswers();
      navigate('/');
    });
  };
  return (
    <div className="account" ref={box}>
      <button type="button" aria-expanded={isOpen} aria-controls="account-menu" onClick={() => setIsOpen(!isOpen)}>{name.slice(0, 20)}<span className="hidden">: account</span></button>
      {isOpen && (
        <ul id="account-menu">
          <li><Link href="/account" onClick={shut}>Account</Link></li>
          <li><Link href={to('u', name)} onClick={shut}>Your page</Link></li>
          <li><Link href={to('audit', 'user', id)} onClick={shut}>Your decisions</Link></li>
          <li><button type="button" onClick={leave}>Sign out</button></li>
        </ul>
      )}
    </div>
  );
}
