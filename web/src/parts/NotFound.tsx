import { Link } from '../lib/router';
import { Title } from './Page';

export function NotFound() {
  return (
    <section className="pane">
      <Title title="Not found">Nothing is at this address</Title>
      <p>The address <code>{window.location.pathname}</code> leads nowhere. It may be mistyped, or the page has moved.</p>
      <div className="row">
        <Link className="button primary" href="/">To the start</Link>
        <Link className="button" href="/autopsy">Choose an autopsy</Link>
      </div>
    </section>
  );
}
