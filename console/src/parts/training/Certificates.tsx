// Certificates of a class, as far as one may see them: each verified by anybody, revoked by the organiser.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../../ask';
import { whole } from '../../format';
import {
  ClassCertificatesDocument,
  type ClassCertificatesQuery,
  RevokeCertificateDocument,
} from '../../made/graphql/graphql';
import { useModel } from '../../model';
import { DeedButton } from '../DeedButton';
import { Fault } from '../Fault';
import { Empty, Pending } from '../Page';
import { RecordLink } from '../RecordLink';
import { type Column, Rows } from '../Rows';

type Certificate = NonNullable<ClassCertificatesQuery['trainingClass']>['certificates']['nodes'][number];

export function Certificates({ id, mayRevoke }: { id: string; mayRevoke: boolean }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const [{ data, error }, again] = useQuery({ query: trusted(ClassCertificatesDocument), variables: { id } });
  const reload = () => again({ requestPolicy: 'network-only' });
  const columns = useColumns(mayRevoke, reload);
  const found = data?.trainingClass?.certificates;
  return (
    <section aria-labelledby="certificates">
      <h2 id="certificates">{t('training.certificates')}</h2>
      {error && <Fault error={error} retry={reload} />}
      {!data && !error && <Pending />}
      {found && found.totalCount === 0 && <Empty>{t('training.noCertificates')}</Empty>}
      {found && found.totalCount > 0 && (
        <>
          <p className="quiet small">
            {t('list.count', { count: whole(found.totalCount, language) as never })} ·{' '}
            {t('list.shown', { shown: found.nodes.length })}
          </p>
          <Rows rows={found.nodes} columns={columns} label={t('training.certificates')} />
        </>
      )}
    </section>
  );
}

function useColumns(mayRevoke: boolean, onChange: () => void): Column<Certificate>[] {
  const { t } = useTranslation();
  const columns: Column<Certificate>[] = [
    {
      key: 'number',
      title: t('training.number'),
      shown: (each) => (
        <>
          <code>{each.number}</code>
          <br />
          <a href={`/verify/${each.number}`}>{t('training.verify')}</a> ·{' '}
          <a href={`/certificates/${each.number}.pdf`}>PDF</a>
        </>
      ),
    },
    {
      key: 'person',
      title: t('training.holder'),
      shown: (each) => (each.person ? <RecordLink record={each.person} /> : '—'),
    },
    { key: 'home', title: t('training.home'), shown: (each) => (each.home ? <RecordLink record={each.home} /> : '—') },
    { key: 'issued', title: t('training.issuedOn'), shown: (each) => each.issuedOn ?? '—' },
    {
      key: 'state',
      title: t('training.holds'),
      shown: (each) =>
        each.revokedOn ? (
          <span className="no">
            {t('training.revokedOn', { day: each.revokedOn })}
            {each.reason && ` · ${each.reason}`}
          </span>
        ) : (
          t('training.valid')
        ),
    },
  ];
  if (!mayRevoke) return columns;
  const shown = ({ id, revokedOn }: Certificate) =>
    revokedOn ? (
      '—'
    ) : (
      <DeedButton
        document={RevokeCertificateDocument}
        label={t('training.revoke')}
        question={t('training.reasonHint')}
        input={{ id }}
        hasReason
        isReasonNeeded
        isDanger
        onDone={onChange}
      />
    );
  return [...columns, { key: 'revoke', title: t('training.deed'), shown }];
}
