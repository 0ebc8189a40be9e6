import { Title } from '../parts/Page';

export default function Teams() {
  return <Title title="Teams">Teams</Title>;
}
