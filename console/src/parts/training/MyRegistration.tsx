// What became of one's own registration: where one stands, why, and what comes next.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../../ask';
import { useRecordChanges } from '../../live';
import {
  CancelRegistrationDocument,
  MyRegistrationsDocument,
  type MyRegistrationsQuery,
  WaitingPlaceDocument,
} from '../../made/graphql/graphql';
import { useModel } from '../../model';
import { DeedButton } from '../DeedButton';

export type Own = NonNullable<MyRegistrationsQuery['trainingClass']>['registrations']['nodes'][number];

const LIVE = new Set(['SUBMITTED', 'APPROVED', 'CONFIRMED', 'WAITLISTED']);
const WAITS = new Set(['APPROVED', 'WAITLISTED']);

/** The newest registration of that person for the class; undefined until it is known. */
export function useOwn(id: string, person: string | undefined): [Own | null | undefined, () => void] {
  const [{ data }, again] = useQuery({
    query: trusted(MyRegistrationsDocument),
    variables: { id, person: person ?? '' },
    pause: !person,
  });
  const reload = () => again({ requestPolicy: 'network-only' });
  return [person ? data && (data.trainingClass?.registrations.nodes[0] ?? null) : null, reload];
}

export function isLive(own: Own | null | undefined): boolean {
  return own != null && LIVE.has(own.state);
}

export function MyRegistration({ own, onChange }: { own: Own; onChange: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  useRecordChanges(own.id, onChange);
  return (
    <section className="panel" aria-labelledby="mine">
      <h2 id="mine">{t('training.mine')}</h2>
      <p>
        <strong>{model.chosen('Registration', 'state', own.state)}</strong>
        {own.partySize > 1 && <span className="quiet"> · {t('training.partyOf', { count: own.partySize })}</span>}
      </p>
      {WAITS.has(own.state) && <Place registration={own.id} version={own.version} />}
      {own.reason && <p>{t('training.because', { reason: own.reason })}</p>}
      <p>
        <span className="quiet">{t('training.next')}</span> {t(`training.afterwards.${own.state}`)}
      </p>
      {isLive(own) && (
        <DeedButton
          document={CancelRegistrationDocument}
          label={t('training.cancelMine')}
          question={t('training.cancelQuestion')}
          input={{ id: own.id, version: own.version }}
          onDone={onChange}
        />
      )}
    </section>
  );
}

function Place({ registration, version }: { registration: string; version: number }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const [{ data }, again] = useQuery({ query: trusted(WaitingPlaceDocument), variables: { registration } });
  const place = data?.waitingPosition;
  if (!place) return null;
  return (
    <div key={version}>
      <p className="place">
        {t('training.place', { position: place.position })}
        <span className="quiet"> · {t('training.ahead', { count: place.peopleAhead })}</span>
      </p>
      <p>{language === 'en' ? place.sentenceEn : place.sentence}</p>
      <Button size="small" onClick={() => again({ requestPolicy: 'network-only' })}>
        {t('training.lookAgain')}
      </Button>
    </div>
  );
}
