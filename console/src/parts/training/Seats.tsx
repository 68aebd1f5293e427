// The seats of a class as a sum; who waits stands below it and is no part of it; quotas of institutions likewise.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../../ask';
import { whole } from '../../format';
import { type ClassPageQuery, NamesOfDocument } from '../../made/graphql/graphql';
import { useModel } from '../../model';
import { Equation, Meter } from '../Equation';
import { Pending } from '../Page';
import { type Named, RecordLink } from '../RecordLink';
import { type Column, Rows } from '../Rows';

export type Counts = NonNullable<ClassPageQuery['classSeats']>;
type Share = Counts['shares'][number] & { id: string };

export function Seats({ counts, isAtClose }: { counts: Counts; isAtClose: boolean }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const { seats, taken, free, waiting, waitingParties, shares } = counts;
  const parts = [
    { key: 'taken', words: t('training.taken'), count: taken },
    { key: 'free', words: t('training.free'), count: free },
  ];
  return (
    <section aria-labelledby="seats">
      <h2 id="seats">{t('training.seats')}</h2>
      <div className="seats">
        <Meter total={seats} parts={parts} />
        <p>
          <Equation total={seats} unit={t('training.seat')} parts={parts} />
        </p>
        <p className="quiet">
          {waiting === 0
            ? t('training.nobodyWaits')
            : t(isAtClose ? 'training.waitAtClose' : 'training.wait', {
                people: whole(waiting, language),
                parties: whole(waitingParties, language),
              })}
        </p>
      </div>
      {shares.length > 0 && <Shares shares={shares.map((each) => ({ ...each, id: each.institutionId }))} />}
    </section>
  );
}

function Shares({ shares }: { shares: readonly Share[] }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const [{ data, error }] = useQuery({
    query: trusted(NamesOfDocument),
    variables: { ids: shares.map((each) => each.id) },
  });
  if (!data && !error) return <Pending rows={3} />;
  const named = new Map(
    (data?.nodes ?? []).flatMap((each) => (each && 'id' in each ? [[each.id, each as Named]] : [])),
  );
  const columns: Column<Share>[] = [
    {
      key: 'institution',
      title: t('training.home'),
      shown: ({ id }) => <RecordLink record={named.get(id) ?? { id, __typename: 'Institution' }} />,
    },
    { key: 'sum', title: t('training.quota'), shown: (each) => <Quota share={each} /> },
    {
      key: 'waiting',
      title: t('training.waiting'),
      isNumber: true,
      shown: (each) => whole(each.waiting, language),
    },
  ];
  return (
    <>
      <h3>{t('training.quotas')}</h3>
      <Rows rows={shares} columns={columns} label={t('training.quotas')} />
    </>
  );
}

function Quota({ share: { quota, taken } }: { share: Share }) {
  const { t } = useTranslation();
  if (quota == null) return <>{t('training.noQuota', { taken })}</>;
  const parts = [
    { key: 'taken', words: t('training.taken'), count: taken },
    { key: 'free', words: t('training.free'), count: quota - taken },
  ];
  return <Equation total={quota} parts={parts} />;
}
