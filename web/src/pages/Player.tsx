import { Title } from '../parts/Page';

export default function Player() {
  return <Title title="Player">Player</Title>;
}
