import { Title } from '../parts/Page';

export default function Optimal() {
  return <Title title="Optimal">Optimal</Title>;
}
