import { Title } from '../parts/Page';

export default function AuditUser() {
  return <Title title="AuditUser">AuditUser</Title>;
}
