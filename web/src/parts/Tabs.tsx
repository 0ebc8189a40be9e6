/** A real tablist: arrows move, only the chosen panel is there. */
import { useId, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';

export interface Tab<N extends string> {
  readonly name: N;
  readonly label: string;
}

export function Tabs<N extends string>({ tabs, chosen, choose, label, children }: {
  tabs: readonly Tab<N>[]; chosen: N; choose: (name: N) => void; label: string; children: ReactNode;
}) {
  const id = useId();
  const strip = useRef<HTMLDivElement>(null);
  const index = tabs.findIndex(({ name }) => name === chosen);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: tabs.length - 1 - index }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (!next) return;
    choose(next.name);
    strip.current?.querySelectorAll<HTMLElement>('[role=tab]')[tabs.indexOf(next)]?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} ref={strip}>
        {tabs.map(({ name, label: text }) => (
          <button
            key={name} type="button" role="tab" id={`${id}-${name}`} aria-controls={`${id}-panel`}
            aria-selected={name === chosen} tabIndex={name === chosen ? 0 : -1} onClick={() => choose(name)}
            onKeyDown={press}
          >
            {text}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} tabIndex={-1}>{children}</div>
    </>
  );
}
