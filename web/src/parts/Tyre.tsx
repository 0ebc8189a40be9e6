/** Compounds: a dark disc, a coloured ring and the letter, so that colour is never alone. */
import type { ReactNode } from 'react';
import { letter, spoken } from '../model/plan';

export function Tyre({ compound, children }: { compound: string | null; children?: ReactNode }) {
  const name = letter(compound);
  return (
    <span className="tyre">
      <TyreIcon compound={compound} />
      <span>{children ?? spoken(compound)}</span>
      {children !== undefined && <span className="hidden">, {spoken(compound)} tyre</span>}
      {name === '?' && <span className="hidden"> (unknown)</span>}
    </span>
  );
}

export function TyreIcon({ compound }: { compound: string | null }) {
  const name = letter(compound);
  return (
    <svg viewBox="0 0 22 22" aria-hidden="true" focusable="false">
      <circle cx="11" cy="11" r="10.5" fill="var(--mut)" />
      <circle cx="11" cy="11" r="9.5" fill="#15171b" />
      <circle cx="11" cy="11" r="7.5" fill="none" strokeWidth="3" stroke={`var(--${name === '?' ? 'mut' : name})`} />
      <text x="11" y="14.6" className="c b" style={{ fill: '#fff', fontSize: '10px' }}>{name}</text>
    </svg>
  );
}

/** A mark in a chart: a shape a compound. */
export function CompoundMark({ compound, x, y, r = 6 }: { compound: string | null; x: number; y: number; r?: number }) {
  const name = letter(compound);
  const className = `f-${name === '?' ? 'U' : name} edge`;
  switch (name) {
    case 'S': return <circle cx={x} cy={y} r={r} className={className} />;
    case 'M': return <rect x={x - r} y={y - r} width={2 * r} height={2 * r} className={className} />;
    case 'H': return <path d={`M${x} ${y - r}L${x + r} ${y + r}L${x - r} ${y + r}Z`} className={className} />;
    case 'I': return <path d={`M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`} className={className} />;
    case 'W': return <path d={star(x, y, r)} className={className} />;
    default: return <circle cx={x} cy={y} r={r - 2} className={className} />;
  }
}

function star(x: number, y: number, r: number): string {
  const points = Array.from({ length: 10 }, (_, index) => {
    const radius = index % 2 === 0 ? r * 1.15 : r * 0.5;
    const angle = (Math.PI / 5) * index - Math.PI / 2;
    return `${(x + radius * Math.cos(angle)).toFixed(1)} ${(y + radius * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}
