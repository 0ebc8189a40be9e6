import { Title } from '../parts/Page';

export default function AuditRun() {
  return <Title title="AuditRun">AuditRun</Title>;
}
