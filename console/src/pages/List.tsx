// All records of a kind: narrowed by facets with counts, sorted, exported.
import { CloseOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { byId } from '../ask';
import { columnsOf, type Row } from '../columns';
import { whole } from '../format';
import { asked, turnedFacet, turnedSort, where } from '../listing';
import { type Model, useModel } from '../model';
import { Export } from '../parts/Export';
import { Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import type { Named } from '../parts/RecordLink';
import { Rows } from '../parts/Rows';
import { SignOnFirst } from '../parts/SignedOut';
import type { Documents, Facet } from '../places';
import { ONE_COLUMN, useMatches } from '../useMatches';
import { useViewer } from '../viewer';

const PAGE = 25;
const FEW = 8;

interface ListAnswer {
  list: { totalCount: number; nodes: Row[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
}

type FacetsAnswer = { list: { totalCount: number } & Record<string, Group[] | number> };

interface Group {
  count: number;
  value: string | boolean | Named | null;
}

export default function List({ documents, actions }: { documents: Documents; actions?: ReactNode }) {
  const model = useModel();
  const [parameters, setParameters] = useSearchParams();
  const noun = model.noun(documents.type);
  const sortable = useMemo(
    () => new Set(noun?.fields.filter((each) => each.sortable).map((each) => each.name)),
    [noun],
  );
  const question = asked(parameters, documents.facets, sortable);
  const condition = where(question, documents.facets);
  const key = JSON.stringify([condition, question.sort]);
  return (
    <Page
      title={model.pluralLabel(documents.type)}
      lead={model.language === 'en' ? noun?.en : undefined}
      actions={actions}
    >
      <Chips documents={documents} parameters={parameters} onChange={setParameters} />
      <div className="with-facets">
        <Facets documents={documents} condition={condition} parameters={parameters} onChange={setParameters} />
        <Found
          key={key}
          documents={documents}
          condition={condition}
          orderBy={question.sort ? [{ [question.sort.field]: question.sort.direction }] : null}
          sort={question.sort}
          sortable={sortable}
          onSort={(field) => setParameters(turnedSort(parameters, field))}
          onClear={() => setParameters(new URLSearchParams())}
        />
      </div>
    </Page>
  );
}

interface FoundProps {
  documents: Documents;
  condition: Record<string, unknown>;
  orderBy: Record<string, string>[] | null;
  sort: { field: string; direction: 'ASC' | 'DESC' } | null;
  sortable: ReadonlySet<string>;
  onSort: (field: string) => void;
  onClear: () => void;
}

function Found({ documents, condition, orderBy, sort, sortable, onSort, onClear }: FoundProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [after, setAfter] = useState<string | null>(null);
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [{ data, error, fetching }, again] = useQuery({
    query: byId<ListAnswer>(documents.list),
    variables: { where: condition, orderBy, first: PAGE, after },
  });
  useEffect(() => {
    if (data && !fetching) setRows((before) => (after ? merged(before, data.list.nodes) : data.list.nodes));
  }, [data, fetching, after]);
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Pending rows={8} />;
  const { totalCount, pageInfo } = data.list;
  if (totalCount === 0) return <NothingFound isNarrowed={Object.keys(condition).length > 0} onClear={onClear} />;
  const columns = columnsOf(documents, model, t('list.nameColumn')).map((each) =>
    sortable.has(each.key)
      ? { ...each, sort: { direction: sort?.field === each.key ? sort.direction : null, turn: () => onSort(each.key) } }
      : each,
  );
  return (
    <section className="found" aria-label={model.pluralLabel(documents.type)}>
      <div className="above-rows">
        <p aria-live="polite">
          {t('list.count', { count: whole(totalCount, model.language) as never })}
          <span className="quiet"> · {t('list.shown', { shown: rows.length })}</span>
        </p>
        <Export documents={documents} condition={condition} orderBy={orderBy} total={totalCount} />
      </div>
      <Rows rows={rows} columns={columns} label={model.pluralLabel(documents.type)} />
      {pageInfo.hasNextPage && (
        <Button loading={fetching} onClick={() => setAfter(pageInfo.endCursor)}>
          {t('list.more', { count: Math.min(PAGE, totalCount - rows.length) })}
        </Button>
      )}
    </section>
  );
}

/** Conditions are taken back; without any, whoever is signed out may see more. */
function NothingFound({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  if (!isNarrowed)
    return viewer?.isSignedOn ? <Empty>{t('empty.none')}</Empty> : <SignOnFirst text={t('empty.unseen')} />;
  return (
    <Empty>
      <p>{t('empty.list')}</p>
      <Button onClick={onClear}>{t('empty.clear')}</Button>
    </Empty>
  );
}

function merged(before: readonly Row[], more: readonly Row[]): readonly Row[] {
  const known = new Set(before.map((each) => each.id));
  return [...before, ...more.filter((each) => !known.has(each.id))];
}

interface FacetProps {
  documents: Documents;
  condition: Record<string, unknown>;
  parameters: URLSearchParams;
  onChange: (next: URLSearchParams) => void;
}

function Facets({ documents, condition, parameters, onChange }: FacetProps) {
  const { t } = useTranslation();
  const model = useModel();
  const isNarrow = useMatches(ONE_COLUMN);
  const [{ data, fetching }] = useQuery({
    query: byId<FacetsAnswer>(documents.facetCounts),
    variables: { where: condition },
  });
  const groups = documents.facets.map((facet) => (
    <FacetGroup
      key={facet.name}
      facet={facet}
      title={facetTitle(documents, facet, model)}
      type={documents.type}
      groups={(data?.list[facet.name] as Group[] | undefined) ?? []}
      chosen={parameters.getAll(facet.name)}
      onTurn={(value) => onChange(turnedFacet(parameters, facet, value))}
    />
  ));
  return (
    <aside className="facets" aria-label={t('list.filters')}>
      <NameField key={parameters.get('name') ?? ''} parameters={parameters} onChange={onChange} />
      {fetching && !data && <Pending rows={6} />}
      {isNarrow ? (
        <details className="choices">
          <summary>{t('list.filters')}</summary>
          {groups}
        </details>
      ) : (
        groups
      )}
    </aside>
  );
}

function NameField({ parameters, onChange }: Pick<FacetProps, 'parameters' | 'onChange'>) {
  const { t } = useTranslation();
  return (
    <Input.Search
      aria-label={t('list.name')}
      placeholder={t('list.name')}
      defaultValue={parameters.get('name') ?? ''}
      allowClear
      onSearch={(text) => {
        const next = new URLSearchParams(parameters);
        if (text.trim()) next.set('name', text.trim());
        else next.delete('name');
        onChange(next);
      }}
    />
  );
}

function facetTitle(documents: Documents, facet: Facet, model: Model): string {
  const group = model.noun(documents.type)?.groups.find((each) => each.value === facet.key);
  return group ? model.label(group) : facet.name;
}

interface FacetGroupProps {
  facet: Facet;
  title: string;
  type: string;
  groups: Group[];
  chosen: string[];
  onTurn: (value: string) => void;
}

function FacetGroup({ facet, title, type, groups, chosen, onTurn }: FacetGroupProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [isWhole, setWhole] = useState(false);
  const known = groups.filter((each) => each.value !== null);
  const shown = isWhole ? known : known.slice(0, FEW);
  if (known.length === 0) return null;
  return (
    <fieldset>
      <legend>{title}</legend>
      {shown.map((each) => {
        const value = keyOf(each.value);
        return (
          <Checkbox key={value} checked={chosen.includes(value)} onChange={() => onTurn(value)}>
            {valueLabel(each.value, facet, type, model)}{' '}
            <span className="quiet">{whole(each.count, model.language)}</span>
          </Checkbox>
        );
      })}
      {known.length > FEW && (
        <Button type="link" size="small" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('list.showFew') : t('list.showAll', { count: known.length })}
        </Button>
      )}
    </fieldset>
  );
}

function keyOf(value: Group['value']): string {
  return typeof value === 'object' && value ? value.id : String(value);
}

function valueLabel(value: Group['value'], facet: Facet, type: string, model: Model): string {
  if (typeof value === 'object' && value) return model.name(value);
  const field = model.field(type, facet.name);
  if (typeof value === 'boolean')
    return value ? (model.language === 'en' ? 'Yes' : '是') : model.language === 'en' ? 'No' : '否';
  return field ? model.option(field.options, String(value)) : String(value);
}

function Chips({ documents, parameters, onChange }: Omit<FacetProps, 'condition'>) {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data }] = useQuery({ query: byId<FacetsAnswer>(documents.facetCounts), variables: { where: {} } });
  const chips = documents.facets.flatMap((facet) =>
    parameters.getAll(facet.name).map((value) => {
      const groups = (data?.list[facet.name] as Group[] | undefined) ?? [];
      const group = groups.find((each) => keyOf(each.value) === value);
      const words = group ? valueLabel(group.value, facet, documents.type, model) : value;
      return {
        key: `${facet.name}=${value}`,
        text: `${facetTitle(documents, facet, model)}: ${words}`,
        next: turnedFacet(parameters, facet, value),
      };
    }),
  );
  const name = parameters.get('name');
  if (name) {
    const next = new URLSearchParams(parameters);
    next.delete('name');
    chips.push({ key: 'name', text: `${t('list.name')}: ${name}`, next });
  }
  if (chips.length === 0) return null;
  return (
    <ul className="chips">
      {chips.map((each) => (
        <li key={each.key}>
          <Button
            size="small"
            icon={<CloseOutlined aria-hidden="true" />}
            iconPlacement="end"
            aria-label={t('list.remove', { name: each.text })}
            onClick={() => onChange(each.next)}
          >
            {each.text}
          </Button>
        </li>
      ))}
    </ul>
  );
}
