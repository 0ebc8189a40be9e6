/** Fields with their errors, and a summary of these that takes the focus. */
import { useEffect, useRef, useState } from 'react';

export interface FieldError {
  /** The field's id; null where the whole form is meant. */
  readonly field: string | null;
  readonly text: string;
}

export function ErrorSummary({ errors }: { errors: readonly FieldError[] }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => { if (errors.length > 0) box.current?.focus(); }, [errors]);
  if (errors.length === 0) return null;
  return (
    <section className="alert" role="alert" tabIndex={-1} ref={box} aria-labelledby="errors">
      <h2 id="errors">{errors.length === 1 ? 'This needs another look' : `${errors.length} things need another look`}</h2>
      <ul>
        {errors.map(({ field, text }) => (
          <li key={text}>{field ? <a href={`#${field}`} onClick={(event) => { event.preventDefault(); document.getElementById(field)?.focus(); }}>{text}</a> : text}</li>
        ))}
      </ul>
    </section>
  );
}

export function Field({ id, label, value, change, type = 'text', autoComplete, error = null, hint }: {
  id: string; label: string; value: string; change: (text: string) => void; type?: 'text' | 'email' | 'password'; autoComplete: string;
  error?: string | null; hint?: string;
}) {
  const [isShown, setIsShown] = useState(false);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="input">
      <label htmlFor={id}>{label}</label>
      {hint && <p id={`${id}-hint`} className="quiet small">{hint}</p>}
      {error && <p id={`${id}-error`} className="bad">{error}</p>}
      <div className="row">
        <input
          id={id} name={id} type={type === 'password' && isShown ? 'text' : type} autoComplete={autoComplete} value={value} spellCheck={false} autoCapitalize="none"
          aria-invalid={error !== null} aria-describedby={described || undefined} onChange={(event) => change(event.target.value)}
        />
        {type === 'password' && <button type="button" aria-pressed={isShown} aria-controls={id} onClick={() => setIsShown(!isShown)}>{isShown ? 'Hide' : 'Show'}<span className="hidden"> password</span></button>}
      </div>
    </div>
  );
}

/** Seconds that are left of a wait, counted down. */
export function useWait(): [number, (seconds: number) => void] {
  const [end, setEnd] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (end === 0) return;
    const count = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    count();
    const timer = setInterval(count, 1000);
    return () => clearInterval(timer);
  }, [end]);
  return [left, (seconds) => setEnd(Date.now() + seconds * 1000)];
}
