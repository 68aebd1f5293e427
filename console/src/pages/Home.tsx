// The start: search, what the hub holds, and for whoever is signed on, who they are here.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { short, whole } from '../format';
import { kindClass, lookOf } from '../kinds';
import { HowManyDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Fault } from '../parts/Fault';
import { LISTED } from '../parts/Menu';
import { Page } from '../parts/Page';
import { RecordLink } from '../parts/RecordLink';
import { listPlace } from '../places';
import { useViewer } from '../viewer';

export function Home() {
  const { t } = useTranslation();
  return (
    <Page title={t('home.title')} lead={t('lead')}>
      <BigSearch />
      <Who />
      <Figures />
      <Starts />
    </Page>
  );
}

function BigSearch() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <search>
      <form
        className="big-search"
        onSubmit={(event) => {
          event.preventDefault();
          const text = new FormData(event.currentTarget).get('q')?.toString().trim();
          if (text) void navigate(`/search?q=${encodeURIComponent(text)}`);
        }}
      >
        <input type="search" name="q" placeholder={t('header.search')} aria-label={t('search.title')} maxLength={200} />
        <Button type="primary" size="large" htmlType="submit">
          {t('search.title')}
        </Button>
      </form>
    </search>
  );
}

function Who() {
  const { t } = useTranslation();
  const model = useModel();
  const viewer = useViewer();
  if (!viewer?.isSignedOn) return null;
  return (
    <section className="panel" aria-labelledby="who">
      <h2 id="who">{t('home.who')}</h2>
      <p>
        <strong>{viewer.name}</strong>
      </p>
      {viewer.roles.length === 0 && <p>{t('home.noRoles')}</p>}
      <ul className="plain">
        {viewer.roles.map((each) => (
          <li key={`${each.role}-${each.institution?.id}`}>
            {model.role(each.role)} · {each.institution ? <RecordLink record={each.institution} /> : '—'}
            {each.until && <span className="quiet"> {t('home.until', { day: each.until })}</span>}
          </li>
        ))}
      </ul>
      <Link to="/me">{t('home.toMe')}</Link>
    </section>
  );
}

const FIELD = {
  Institution: 'institutions',
  Instrument: 'instruments',
  Person: 'people',
  Project: 'projects',
  Agreement: 'agreements',
  Achievement: 'achievements',
  Dataset: 'datasets',
} as const;

function Figures() {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data, error }, again] = useQuery({ query: trusted(HowManyDocument) });
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{t('home.figures')}</h2>
      {error && <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      <ul className="figures" data-pending={data || error ? undefined : ''}>
        {LISTED.map((type) => {
          const noun = model.noun(type);
          const counted = data?.[FIELD[type]];
          const synthetic = counted?.groups.find((each) => each.synthetic)?.count ?? 0;
          return (
            <li key={type} className={kindClass(type)}>
              <Link to={listPlace(noun?.plural ?? FIELD[type])}>
                <span className="figure-kind">
                  <span aria-hidden="true">{lookOf(type).icon}</span> {model.pluralLabel(type)}
                </span>
                <strong title={counted && whole(counted.totalCount, model.language)}>
                  {counted ? short(counted.totalCount, model.language) : '\u00A0'}
                </strong>
                <span className="quiet">
                  {synthetic > 0
                    ? t('synthetic.share', { count: whole(synthetic, model.language) as never })
                    : '\u00A0'}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Starts() {
  const { t } = useTranslation();
  const starts = [
    ['/instruments', t('home.instrument'), t('home.instrumentText')],
    ['/paths', t('home.path'), t('home.pathText')],
    ['/agreements?status=IN_FORCE', t('home.agreement'), t('home.agreementText')],
    ['/api/samples', t('home.api'), t('home.apiText')],
  ] as const;
  return (
    <section aria-labelledby="start">
      <h2 id="start">{t('home.start')}</h2>
      <ul className="starts">
        {starts.map(([to, title, text]) => (
          <li key={to}>
            <Link to={to}>{title}</Link>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
