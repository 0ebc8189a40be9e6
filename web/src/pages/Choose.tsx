import { Title } from '../parts/Page';

export default function Choose() {
  return <Title title="Choose">Choose</Title>;
}
