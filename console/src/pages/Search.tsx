// What a text finds, best first, with its kinds counted and the words that matched.
import { Button, Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { whole } from '../format';
import { KindMark } from '../kinds';
import { SearchDocument, type SearchQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink } from '../parts/RecordLink';
import { useRowKeys } from '../parts/Rows';
import { about } from '../search';

const PAGE = 20;
type Hit = SearchQuery['search']['edges'][number];

export function Search() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const text = parameters.get('q')?.trim() ?? '';
  return (
    <Page title={text ? t('search.results', { text }) : t('search.title')}>
      {text ? (
        <Found key={`${text} ${parameters.getAll('kind')}`} text={text} kinds={parameters.getAll('kind')} />
      ) : (
        <Empty>{t('search.ask')}</Empty>
      )}
    </Page>
  );
}

function Found({ text, kinds }: { text: string; kinds: string[] }) {
  const { t } = useTranslation();
  const [after, setAfter] = useState<string | null>(null);
  const [hits, setHits] = useState<readonly Hit[]>([]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const navigate = useNavigate();
  const [{ data, error, fetching }, again] = useQuery({
    query: trusted(SearchDocument),
    variables: { text, kinds: kinds.length ? (kinds as never) : null, first: PAGE, after },
  });
  useEffect(() => {
    if (data && !fetching)
      setHits((before) => (after ? [...new Set([...before, ...data.search.edges])] : data.search.edges));
  }, [data, fetching, after]);
  const turn = (id: string) => setSelected((before) => turned(before, id));
  const { box, current } = useRowKeys(hits.length, (index) => {
    const hit = hits[index];
    if (hit) turn(hit.node.id);
  });
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Pending />;
  const { totalCount, totalIsCapped, facets, pageInfo } = data.search;
  return (
    <div className="with-facets">
      <Kinds text={text} kinds={kinds} facets={facets} />
      <section aria-label={t('search.title')} ref={box as never}>
        <p aria-live="polite">
          {totalIsCapped ? t('search.capped', { count: totalCount }) : t('search.count', { count: totalCount })}
        </p>
        {totalCount === 0 && <Nothing text={text} isNarrowed={kinds.length > 0} />}
        <ol className="hits">
          {hits.map((hit, index) => (
            <li key={hit.node.id} data-row="" className={index === current ? 'current' : undefined}>
              <HitShown hit={hit} isSelected={selected.has(hit.node.id)} onTurn={() => turn(hit.node.id)} />
            </li>
          ))}
        </ol>
        <div className="actions">
          {pageInfo.hasNextPage && (
            <Button loading={fetching} onClick={() => setAfter(pageInfo.endCursor ?? null)}>
              {t('search.more')}
            </Button>
          )}
          {selected.size > 0 && (
            <Button
              type="primary"
              onClick={() =>
                void navigate(`/graph?${[...selected].map((id) => `seed=${encodeURIComponent(id)}`).join('&')}`)
              }
            >
              {t('search.toGraph', { count: selected.size })}
            </Button>
          )}
        </div>
      </section>
    </div>
  );
}

export function turned(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}

function Kinds({ text, kinds, facets }: { text: string; kinds: string[]; facets: SearchQuery['search']['facets'] }) {
  const { t } = useTranslation();
  const model = useModel();
  const to = (kind?: string) => `/search?q=${encodeURIComponent(text)}${kind ? `&kind=${kind}` : ''}`;
  return (
    <nav className="facets" aria-label={t('search.kinds')}>
      <h2>{t('search.kinds')}</h2>
      <ul className="plain">
        <li>
          <Link to={to()} aria-current={kinds.length === 0 ? 'true' : undefined}>
            {t('search.all')}
          </Link>
        </li>
        {facets.map(({ kind, count }) => {
          const noun = model.ofKind(kind);
          return (
            noun && (
              <li key={kind}>
                <Link to={to(kind)} aria-current={kinds.includes(kind) ? 'true' : undefined}>
                  <KindMark type={noun.name} /> <span className="quiet">{whole(count, model.language)}</span>
                </Link>
              </li>
            )
          );
        })}
      </ul>
    </nav>
  );
}

function HitShown({ hit, isSelected, onTurn }: { hit: Hit; isSelected: boolean; onTurn: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const { node, highlights } = hit;
  const { institution, division, identifier, status } = about(node, model);
  const other = model.language === 'en' ? node.name : node.nameEn;
  return (
    <article className="hit">
      <Checkbox checked={isSelected} onChange={onTurn} aria-label={`${t('search.select')} ${model.name(node)}`} />
      <div>
        <h3>
          <RecordLink record={node} hasKind />
        </h3>
        {other && other !== model.name(node) && (
          <p className="quiet" lang={model.language === 'en' ? 'zh-CN' : 'en'}>
            {other}
          </p>
        )}
        <p className="facts">
          {status && <span>{status}</span>}
          {identifier && <code>{identifier}</code>}
          {institution && <RecordLink record={institution} />}
          {division && <span>{model.name(division)}</span>}
        </p>
        {highlights.length > 0 && (
          <p className="why">
            <span className="quiet">{t('search.why')}</span>{' '}
            {highlights.slice(0, 2).map((each) => (
              <span key={each.field}>
                {label(model, node.__typename, each.field)}：
                {each.segments.map((segment, index) =>
                  // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text have no other name
                  segment.matched ? <mark key={index}>{segment.text}</mark> : <span key={index}>{segment.text}</span>,
                )}{' '}
              </span>
            ))}
          </p>
        )}
      </div>
    </article>
  );
}

function label(model: ReturnType<typeof useModel>, type: string, field: string): string {
  const found = model.field(type, field);
  return found ? model.label(found) : field;
}

function Nothing({ text, isNarrowed }: { text: string; isNarrowed: boolean }) {
  const { t } = useTranslation();
  return (
    <Empty>
      <p>{t('empty.search', { text })}</p>
      {isNarrowed && <Link to={`/search?q=${encodeURIComponent(text)}`}>{t('empty.dropKind')}</Link>}
    </Empty>
  );
}
