/** What the colours mean, how the numbers are made, and where they end. */
import { DeviceSettings } from '../parts/DeviceSettings';
import { Title } from '../parts/Page';
import { Tyre } from '../parts/Tyre';
import { openKeyList } from '../parts/KeyList';

const CAUSES = [
  ['Qualifying', 'The price of the grid slot on lap 1, and traffic until the first stop.'],
  ['Tyre wear', 'Wear beyond the field’s on the same plan; negative is a gain.'],
  ['Pit stops', 'Every stop against the best tenth of the race’s lane times.'],
  ['Strategy', 'What the calls cost in expectation, given what could be known, and traffic after the first stop. In the wet and for retired cars with hindsight.'],
  ['Car pace', 'The driver’s best race at his own pace against the ideal one.'],
  ['Incidents', 'Laps out of the ordinary, neutralised laps, luck, penalties, repairs. Negative when a safety car helped.'],
  ['Unexplained', 'Ordinary laps against their simulation. Drawn hatched, and never shared out among the causes.'],
] as const;

export default function Help() {
  return (
    <>
      <Title title="How the numbers are made">How the numbers are made</Title>
      <section className="pane" id="autopsy">
        <h2>An autopsy</h2>
        <p>A driver’s race is set against the ideal race: the best plan, known afterwards, of a car with the best pace of that race and the best crew, first from the grid and alone on the track, under the neutralisations that came. Six causes take the difference apart, one after the other, and sum to the whole with what is unexplained.</p>
        <dl>{CAUSES.map(([name, text]) => <Entry key={name} name={name} text={text} />)}</dl>
        <p>Whiskers hold nine in ten of 200 refits. A safety car that nobody could foresee is luck. Losses may exceed the net gap, because other causes win time back. Blame is shared among causes that lost time, in whole per cent.</p>
      </section>
      <section className="pane" id="colours">
        <h2>Colours and shapes</h2>
        <p><strong className="loss">Orange and solid</strong> is time lost; <strong className="gain">blue and hatched</strong>, with a minus sign and the other way round, is time won back. Grey is a total. In heatmaps strong is good.</p>
        <p className="row">{['SOFT', 'MEDIUM', 'HARD', 'INTERMEDIATE', 'WET'].map((compound) => <Tyre key={compound} compound={compound} />)}</p>
        <p>In charts a tyre is also a shape: ● soft, ■ medium, ▲ hard, ◆ intermediate, ★ wet. Bands are laps under the safety car (SC), the virtual one (VSC) or a red flag (RED).</p>
      </section>
      <section className="pane" id="simulator">
        <h2>The simulator and the Strategy IQ</h2>
        <p>You drive one car’s decisions; the others drive their real laps and do not react. Every decision is compared with the exact optimum of that race. The IQ has four parts: pit timing, tyre efficiency, reaction to safety cars, and outcome.</p>
        <p>Guests practise: their runs are scored, but count neither for the leaderboard nor for the windows. Only the first ranked run of a race counts, and only by those who had not looked at it before.</p>
      </section>
      <section className="pane" id="windows">
        <h2>Windows</h2>
        <p>Good runs (IQ 75 and better) say where to stop. The confidence is opened: how many runs, by how many people, worth how many independent ones. Where nobody has played, the model stands alone and states no confidence.</p>
      </section>
      <section className="pane" id="log">
        <h2>The log</h2>
        <p>Every decision is an event in a log to which can only be added; everything else is rebuilt from it. Audit shows the events, and where the server gives receipts, your browser proves them by itself.</p>
      </section>
      <DeviceSettings />
      <p><button type="button" onClick={openKeyList}>Keys of this page<kbd>?</kbd></button></p>
    </>
  );
}

function Entry({ name, text }: { name: string; text: string }) {
  return <><dt>{name}</dt><dd>{text}</dd></>;
}
