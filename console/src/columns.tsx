// Which columns a table of a kind of records has, and how their values are shown: both follow from the model.
import { useTranslation } from 'react-i18next';
import type { Cell } from './csv';
import type { Model } from './model';
import { type Named, RecordLink } from './parts/RecordLink';
import type { Column } from './parts/Rows';
import { asText, Value } from './parts/Value';
import type { Documents } from './places';

export type Row = Record<string, unknown> & Named;

const NAMES = new Set(['id', 'name', 'nameEn', 'synthetic']);
const MOST_COLUMNS = 6;
/** What hardly anybody may see makes an empty column. */
const EVERYBODY = new Set(['PUBLIC', 'NETWORK']);
/** What tells records of a kind apart best, in this order; the rest follows in the model's. */
const FIRST = [
  'status',
  'state',
  'person',
  'home',
  'host',
  'category',
  'kind',
  'owner',
  'keeper',
  'institution',
  'organiser',
  'affiliations',
  'institutions',
  'holders',
  'vacancies',
  'startsOn',
  'endsOn',
  'registrationClosesAt',
  'seats',
  'since',
  'until',
  'division',
  'valueCny',
  'signedOn',
  'effectiveOn',
  'expiresOn',
  'startedOn',
  'budgetCny',
  'publishedOn',
  'orcid',
];

/** What another column says better, as a division does in both languages, or the record's page; files have them all the same. */
const UNSHOWN = new Set([
  'city',
  'country',
  // long
  'duties',
  'requirements',
  'reason',
  // of use to few
  'allocatedAt',
  'allocation',
  'quota',
  'Person.endedOn',
]);

export function columnNames(documents: Documents): string[] {
  const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return documents.columns
    .filter((each) => !NAMES.has(each))
    .map((name, index) => ({ name, index }))
    .sort((one, other) => rank(one.name) - rank(other.name) || one.index - other.index)
    .map((each) => each.name);
}

export function columnsOf(documents: Documents, model: Model, nameTitle: string, most = MOST_COLUMNS): Column<Row>[] {
  const first: Column<Row> = { key: 'name', title: nameTitle, shown: (row) => <RecordLink record={row} /> };
  const rest = columnNames(documents)
    .filter((name) => !UNSHOWN.has(name) && !UNSHOWN.has(`${documents.type}.${name}`))
    .flatMap((name) => column(documents.type, name, model))
    .slice(0, most);
  return [first, ...rest];
}

function column(type: string, name: string, model: Model): Column<Row>[] {
  const field = model.field(type, name);
  if (field && !EVERYBODY.has(field.level)) return [];
  if (field) {
    const isNumber = field.kind === 'NUMBER' || field.kind === 'INTEGER';
    const shown = (row: Row) =>
      row[name] == null ? <span className="quiet">—</span> : <Value value={row[name]} field={field} />;
    return [{ key: name, title: model.label(field), hint: model.hint(field), isNumber, shown }];
  }
  const edge = model.noun(type)?.edges.find((each) => each.name === name);
  if (!edge) return [];
  const shown = (row: Row) =>
    row[name] ? <Records of={row[name] as Named | Several} /> : <span className="quiet">—</span>;
  return [{ key: name, title: model.label(edge), hint: model.hint(edge), shown }];
}

/** The first of several, and how many there are. */
interface Several {
  totalCount: number;
  nodes: readonly Named[];
}

function severalOf(of: Named | Several): Several {
  return 'nodes' in of ? of : { totalCount: 1, nodes: [of] };
}

function Records({ of }: { of: Named | Several }) {
  const { t } = useTranslation();
  const { totalCount, nodes } = severalOf(of);
  if (nodes.length === 0) return <span className="quiet">—</span>;
  const more = totalCount - nodes.length;
  return (
    <>
      {nodes.map((each) => (
        <div key={each.id}>
          <RecordLink record={each} />
        </div>
      ))}
      {more > 0 && <span className="quiet">{t('list.andMore', { count: more })}</span>}
    </>
  );
}

/** All columns of a kind as lines of texts and numbers, simulated or not included. */
export function table(rows: readonly Row[], documents: Documents, model: Model, syntheticTitle: string): Cell[][] {
  const names = ['id', 'name', 'nameEn', ...columnNames(documents)];
  const head = names.map((name) => {
    const field =
      model.field(documents.type, name) ?? model.noun(documents.type)?.edges.find((each) => each.name === name);
    return field ? model.label(field) : name;
  });
  const lines = rows.map((row) => [
    ...names.map((name) => text(row[name], documents.type, name, model)),
    String(row.synthetic ?? ''),
  ]);
  return [[...head, syntheticTitle], ...lines];
}

function text(value: unknown, type: string, name: string, model: Model): Cell {
  const field = model.field(type, name);
  if (field?.kind === 'NUMBER' && typeof value === 'number') return value;
  if (field) return asText(value, field, model);
  if (!value) return '';
  const { totalCount, nodes } = severalOf(value as Named | Several);
  const more = totalCount - nodes.length;
  return [...nodes.map((each) => model.name(each)), ...(more > 0 ? [`+${more}`] : [])].join('; ');
}
