import { Title } from '../parts/Page';

export default function Blame() {
  return <Title title="Blame">Blame</Title>;
}
