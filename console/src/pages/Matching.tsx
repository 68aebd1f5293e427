// Matching: a plan is asked for, computed beside the page, and told circle by circle; what is accepted becomes drafts.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { useDeed } from '../deed';
import { instant } from '../format';
import { dayText } from '../inbox';
import { ExchangePlansDocument, ProposeExchangesDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { FactShown, Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { PlanShown } from '../parts/PlanShown';
import { SignedOut } from '../parts/SignedOut';
import { useStateWord } from '../parts/Subject';
import { ChoiceField, DayField } from '../parts/Typed';
import { useViewer, type Viewer } from '../viewer';

const YEAR_DAYS = 365;

export default function Matching() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const [parameters, setParameters] = useSearchParams();
  const [{ data, error }, again] = useQuery({
    query: trusted(ExchangePlansDocument),
    requestPolicy: 'cache-and-network',
  });
  const plans = data?.exchangePlans.nodes ?? [];
  const chosen = parameters.get('plan') ?? plans[0]?.id;
  if (viewer && !viewer.isSignedOn) return <SignedOut title={t('matching.title')} text={t('matching.signedOut')} />;
  const reload = () => again({ requestPolicy: 'network-only' });
  return (
    <Page
      title={t('matching.title')}
      lead={t('matching.lead')}
      actions={
        <Link className="button" to="/exchanges">
          {t('exchange.list')}
        </Link>
      }
    >
      {error && <Fault error={error} retry={reload} />}
      {viewer && (
        <Asking
          viewer={viewer}
          onAsked={(id) => {
            setParameters({ plan: id });
            reload();
          }}
        />
      )}
      {!data && !error && <Pending />}
      {data && plans.length === 0 && (
        <Empty>
          <p>
            {t('matching.none')} {t('matching.needs')}
          </p>
          <div className="actions">
            <Link className="button" to="/exchange-wishes">
              {t('wish.list')}
            </Link>
            <Link className="button" to="/posts">
              {t('exchange.posts')}
            </Link>
          </div>
        </Empty>
      )}
      {plans.length > 0 && <Plans chosen={chosen} plans={plans} />}
      {chosen && <PlanShown key={chosen} id={chosen} onChange={reload} />}
    </Page>
  );
}

type Plan = { id: string; name: string; nameEn?: string | null; state: string; createdAt: string };

function Plans({ plans, chosen }: { plans: readonly Plan[]; chosen: string | undefined }) {
  const { t } = useTranslation();
  const model = useModel();
  const word = useStateWord();
  return (
    <nav aria-label={t('matching.plans')}>
      <h2>{t('matching.plans')}</h2>
      <ul className="plain plans">
        {plans.map((each) => (
          <li key={each.id}>
            <Link
              to={`/exchanges/matching?plan=${encodeURIComponent(each.id)}`}
              aria-current={each.id === chosen ? 'page' : undefined}
            >
              {model.name(each)}
            </Link>{' '}
            <span className="state">{word('ExchangePlan', each.state)}</span>{' '}
            <span className="quiet small">
              {t('matching.created', { at: instant(each.createdAt, model.language) })}
            </span>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Asking({ viewer, onAsked }: { viewer: Viewer; onAsked: (id: string) => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const deed = useDeed(ProposeExchangesDocument);
  const held = viewer.roles.filter((each) => /^(INSTITUTION|PLATFORM)_ADMIN$/.test(each.role) && each.institution);
  const [which, setWhich] = useState(0);
  const [since, setSince] = useState(dayText(new Date(), 1));
  const [until, setUntil] = useState(dayText(new Date(), YEAR_DAYS));
  const institution = held[which]?.institution;
  if (!institution) return <p className="quiet">{t('matching.noRole')}</p>;
  const send = async () => {
    const answer = await deed.run({ input: { institution: institution.id, since, until } });
    if (answer?.__typename === 'ExchangesBeingProposed' && answer.id) onAsked(answer.id);
  };
  return (
    <section aria-labelledby="ask">
      <h2 id="ask">{t('matching.ask')}</h2>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ChoiceField
          label={t('matching.institution')}
          value={String(which)}
          onChange={(value) => setWhich(Number(value))}
          options={held.map((each, index) => ({
            value: String(index),
            label: each.institution ? model.name(each.institution) : '',
          }))}
        />
        <DayField label={t('matching.since')} value={since} onChange={setSince} isRequired />
        <DayField label={t('matching.until')} value={until} min={since} onChange={setUntil} isRequired />
        <Button type="primary" htmlType="submit" loading={deed.isBusy}>
          {t('matching.create')}
        </Button>
      </form>
      {deed.error && <Fault error={deed.error} />}
      {deed.fact && <FactShown fact={deed.fact} />}
    </section>
  );
}
