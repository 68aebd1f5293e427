// A record as it is named everywhere: kind, name in the reader's language, whether it is simulated.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { KindMark } from '../kinds';
import { useModel } from '../model';
import { recordPlace } from '../places';

export interface Named {
  __typename?: string;
  id: string;
  name?: string | null;
  nameEn?: string | null;
  synthetic?: boolean;
}

export function SyntheticChip() {
  const { t } = useTranslation();
  return <span className="synthetic-chip">{t('synthetic.chip')}</span>;
}

export function RecordLink({ record, hasKind = false }: { record: Named; hasKind?: boolean }) {
  const model = useModel();
  const shown = model.name(record);
  const isForeign = model.language === 'en' ? !record.nameEn : !record.name;
  return (
    <span className="record-link">
      {hasKind && record.__typename && <KindMark type={record.__typename} />}
      <Link
        to={recordPlace(record.id, record.__typename)}
        lang={isForeign ? (model.language === 'en' ? 'zh-CN' : 'en') : undefined}
      >
        {shown}
      </Link>
      {record.synthetic && <SyntheticChip />}
    </span>
  );
}
