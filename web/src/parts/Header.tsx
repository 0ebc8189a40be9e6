import { useState } from 'react';
import { Link } from '../lib/router';
import { AccountMenu } from './AccountMenu';
import { SearchDialog } from './SearchDialog';
import { ThemeChoice } from './ThemeChoice';

const LINKS: readonly (readonly [string, string])[] = [
  ['/autopsy', 'Autopsy'], ['/simulator', 'Simulator'], ['/optimal', 'Windows'], ['/heatmap', 'Heatmap'],
  ['/leaderboard', 'Leaderboard'], ['/teams', 'Teams'], ['/audit', 'Audit'], ['/help', 'Help'],
];

export function Header({ path }: { path: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <header className="bar">
      <div>
        <Link className="logo" href="/" onClick={close} aria-current={path === '/' ? 'page' : undefined}>
          <svg viewBox="0 0 32 32" aria-hidden="true"><path d="M5 6h13v5H5zM5 14h22v5H5zM5 22h8v5H5z" fill="var(--loss)" /></svg>
          <b>BlameEngine</b>
        </Link>
        <span className="row end">
          <SearchDialog key={path} />
          <AccountMenu />
        </span>
        <button type="button" className="menu" aria-expanded={isOpen} aria-controls="pages" onClick={() => setIsOpen(!isOpen)}>Menu</button>
        <nav id="pages" aria-label="Pages" className={isOpen ? 'open' : ''}>
          {LINKS.map(([href, name]) => (
            <Link key={href} href={href} onClick={close} aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}>{name}</Link>
          ))}
          <ThemeChoice />
        </nav>
      </div>
    </header>
  );
}
