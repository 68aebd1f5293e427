// A record, whatever its kind: facts, relations, provenance, and why one may see or use it; drawn from the model.
import { NodeIndexOutlined, ShareAltOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { byId } from '../ask';
import type { Row } from '../columns';
import { instant } from '../format';
import { KindMark } from '../kinds';
import { type Field, useModel } from '../model';
import { AccessPanel } from '../parts/AccessPanel';
import { Clauses } from '../parts/Clauses';
import { ExchangeCase } from '../parts/ExchangeCase';
import { Fault } from '../parts/Fault';
import { History } from '../parts/History';
import { ImportOf, RunsOfSource } from '../parts/ImportRuns';
import { Page, Pending } from '../parts/Page';
import { PostPanel } from '../parts/PostPanel';
import { type Named, RecordLink, SyntheticChip } from '../parts/RecordLink';
import { Relations } from '../parts/Relations';
import { CopyButton, Value } from '../parts/Value';
import { WishPanel } from '../parts/WishPanel';
import type { Documents } from '../places';
import { NotFound } from './NotFound';

const NOT_FACTS = new Set([
  'id',
  'name',
  'nameEn',
  'synthetic',
  'version',
  'createdAt',
  'updatedAt',
  'visibility',
  'originKey',
  'status',
  'state',
]);

/** Sources stand with the provenance, clauses in a table of their own. */
const SHOWN_ELSEWHERE = new Set(['sources', 'clauses']);

interface SourceShown extends Named {
  code: string;
  licence: string | null;
  url: string | null;
  readAt: string | null;
}

export default function Entity({ documents, id }: { documents: Documents; id: string }) {
  const [{ data, error }, again] = useQuery({
    query: byId<{ record: Row | null }>(documents.record),
    variables: { id },
  });
  const { t } = useTranslation();
  const model = useModel();
  const [parameters] = useSearchParams();
  const isHistory = parameters.get('tab') === 'history';
  if (error) {
    return (
      <Page title={model.nounLabel(documents.type)}>
        <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title={model.nounLabel(documents.type)}>
        <Pending rows={8} />
      </Page>
    );
  }
  const { record } = data;
  if (!record) return <NotFound />;
  return (
    <Page
      title={model.name(record)}
      heading={<Heading record={record} type={documents.type} />}
      actions={
        <>
          <Link className="button" to={`/graph?seed=${encodeURIComponent(id)}`}>
            <ShareAltOutlined aria-hidden="true" /> {t('entity.inGraph')}
          </Link>
          <Link className="button" to={`/paths?from=${encodeURIComponent(id)}`}>
            <NodeIndexOutlined aria-hidden="true" /> {t('entity.pathFrom')}
          </Link>
        </>
      }
    >
      <Tabs />
      <div className="entity">
        <div>
          {isHistory ? (
            <History id={id} type={documents.type} />
          ) : (
            <>
              <Special type={documents.type} id={id} onChange={() => again({ requestPolicy: 'network-only' })} />
              <Facts record={record} type={documents.type} />
              {documents.type === 'Agreement' && <Clauses id={id} />}
              <Relations documents={documents} id={id} />
            </>
          )}
        </div>
        <div>
          <AccessPanel type={documents.type} id={id} />
          <Provenance record={record} type={documents.type} />
        </div>
      </div>
    </Page>
  );
}

/** What the record is, and what was done with it. */
function Tabs() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const isHistory = parameters.get('tab') === 'history';
  return (
    <nav className="tabs" aria-label={t('history.pages')}>
      <Link to="?" className={isHistory ? undefined : 'active'} aria-current={isHistory ? undefined : 'page'}>
        {t('history.overview')}
      </Link>
      <Link
        to="?tab=history"
        className={isHistory ? 'active' : undefined}
        aria-current={isHistory ? 'page' : undefined}
      >
        {t('history.tab')}
      </Link>
    </nav>
  );
}

/** What is there to be done about records of some kinds, before what is there to be read. */
function Special({ type, id, onChange }: { type: string; id: string; onChange: () => void }) {
  if (type === 'CadreExchange') return <ExchangeCase id={id} onChange={onChange} />;
  if (type === 'Source') return <RunsOfSource id={id} />;
  if (type === 'Post') return <PostPanel id={id} onChange={onChange} />;
  if (type === 'ExchangeWish') return <WishPanel id={id} onChange={onChange} />;
  return null;
}

function Heading({ record, type }: { record: Row; type: string }) {
  const model = useModel();
  const other = model.language === 'en' ? record.name : record.nameEn;
  const state = (['status', 'state'] as const).flatMap((name) => {
    const field = model.field(type, name);
    return field && record[name] ? [model.option(field.options, String(record[name]))] : [];
  });
  return (
    <>
      <p className="kicker">
        <KindMark type={type} />
        {state.map((each) => (
          <span className="state" key={each}>
            {each}
          </span>
        ))}
        {record.synthetic && <SyntheticChip />}
      </p>
      <h1>{model.name(record)}</h1>
      {other && other !== model.name(record) && (
        <p className="quiet other-name" lang={model.language === 'en' ? 'zh-CN' : 'en'}>
          {other}
        </p>
      )}
      <p className="identifier quiet">
        <code>{record.id}</code>
        <CopyButton text={record.id} label="id" />
      </p>
    </>
  );
}

function Facts({ record, type }: { record: Row; type: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const noun = model.noun(type);
  const fields =
    noun?.fields.filter(
      (each) => !NOT_FACTS.has(each.name) && each.name in record && isWorthARow(record[each.name], each),
    ) ?? [];
  const ones =
    noun?.edges.filter((each) => !SHOWN_ELSEWHERE.has(each.name) && each.name in record && hasOne(record[each.name])) ??
    [];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t('entity.facts')}</h2>
      <dl className="fact-list">
        {ones.map((each) => (
          <div key={each.name}>
            <dt title={model.hint(each)}>{model.label(each)}</dt>
            <dd>
              {(Array.isArray(record[each.name]) ? (record[each.name] as Named[]) : [record[each.name] as Named]).map(
                (one) => (
                  <RecordLink key={one.id} record={one} hasKind />
                ),
              )}
            </dd>
          </div>
        ))}
        {fields.map((each) => (
          <div key={each.name}>
            <dt title={model.hint(each)}>{model.label(each)}</dt>
            <dd>
              <Fact value={record[each.name]} field={each} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function hasOne(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value != null;
}

/** An empty field is shown only where it may be that somebody else sees a value. */
function isWorthARow(value: unknown, field: Field): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return (value !== null && value !== '') || field.level !== 'PUBLIC';
}

function Fact({ value, field }: { value: unknown; field: Field }) {
  const { t } = useTranslation();
  const model = useModel();
  if (value === null || value === undefined) {
    return (
      <span className="quiet">
        {t('entity.hidden', { level: model.chosen('Instrument', 'visibility', field.level) })}
      </span>
    );
  }
  return (
    <>
      <Value value={value} field={field} />
      {field.personal && <p className="quiet small">{t('entity.masked')}</p>}
    </>
  );
}

function Provenance({ record, type }: { record: Row; type: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const sources = (record.sources as SourceShown[] | undefined) ?? [];
  const visibility = model.field(type, 'visibility');
  return (
    <section className="panel" aria-labelledby="provenance">
      <h2 id="provenance">{t('entity.history')}</h2>
      <h3>{t('entity.sources')}</h3>
      {sources.length === 0 && <p>{record.synthetic ? t('entity.generated') : t('entity.noSource')}</p>}
      <ul className="plain">
        {sources.map((each) => (
          <li key={each.id}>
            <RecordLink record={each} />
            <p className="quiet small">
              {each.licence && `${t('entity.licence')}: ${each.licence} `}
              {each.readAt && t('entity.readAt', { at: instant(each.readAt, model.language) })}
            </p>
          </li>
        ))}
      </ul>
      <dl className="fact-list narrow-list">
        {record.originKey != null && <ImportOf id={record.id} />}
        {typeof record.originKey === 'string' && (
          <div>
            <dt>{t('entity.originKey')}</dt>
            <dd>
              <code>{record.originKey}</code>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('entity.created')}</dt>
          <dd>{instant(String(record.createdAt), model.language)}</dd>
        </div>
        <div>
          <dt>{t('entity.updated')}</dt>
          <dd>
            {instant(String(record.updatedAt), model.language)} · {t('entity.version')} {String(record.version)}
          </dd>
        </div>
        {visibility && record.visibility != null && (
          <div>
            <dt>{t('entity.visibility')}</dt>
            <dd>{model.option(visibility.options, String(record.visibility))}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
