import { Title } from '../parts/Page';

export default function Help() {
  return <Title title="Help">Help</Title>;
}
