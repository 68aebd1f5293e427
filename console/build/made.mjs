// Writes what follows from the committed schema.graphql: for each kind of record the documents of its page, list, facets and
// relations. The page itself is drawn from the hub's answer to `model`; a document has to be known beforehand to be trusted.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
  buildSchema,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  validate,
} from 'graphql';

const here = (path) => new URL(`../${path}`, import.meta.url);
const schema = buildSchema(readFileSync(here('../schema.graphql'), 'utf8'), { assumeValidSDL: true });

// long, personal or of no use in a row; a record's own page shows them
const NOT_IN_ROWS = new Set(
  (
    'abstract aliases body bodyEn createdAt description email measuredVariables originKey payload phone scopeKinds summary ' +
    'updatedAt version visibility website'
  ).split(' '),
);
const NAMED = 'id name nameEn synthetic';
const MOST_FACETS = 60;

const bare = (type) => (isNonNullType(type) || isListType(type) ? bare(type.ofType) : type);
const isMany = (type) => isListType(isNonNullType(type) ? type.ofType : type);
const capital = (word) => word[0].toUpperCase() + word.slice(1);
const fields = (type) => Object.values(type.getFields());
const isRecord = (type) => isObjectType(type) && type.getInterfaces().some((each) => each.name === 'Record');
const isConnection = (type) => isObjectType(type) && type.name.endsWith('Connection');

const record = schema.getType('Record');
if (!isInterfaceType(record)) throw new Error('schema.graphql has no interface Record: is it whole?');
const queries = schema.getQueryType().getFields();

/** `singular` and `plural` are the root fields of a noun. */
function nounsOf() {
  const plurals = new Map(
    Object.values(queries)
      .filter((each) => isConnection(bare(each.type)) && 'where' in argumentsOf(each))
      .map((each) => [nodeOf(bare(each.type)).name, each.name]),
  );
  return Object.values(queries)
    .filter((each) => isRecord(bare(each.type)) && 'by' in argumentsOf(each))
    .map((each) => ({ type: bare(each.type), singular: each.name, plural: plurals.get(bare(each.type).name) }));
}

function argumentsOf(field) {
  return Object.fromEntries(field.args.map((each) => [each.name, each]));
}

function nodeOf(connection) {
  return bare(bare(connection.getFields().edges.type).getFields().node.type);
}

function leaves(type, isWanted = () => true) {
  return fields(type)
    .filter((each) => isLeafType(bare(each.type)) && each.args.length === 0 && isWanted(each.name))
    .map((each) => each.name);
}

function ones(type) {
  return fields(type).filter((each) => isRecord(bare(each.type)) && !isMany(each.type));
}

function row(type) {
  const plain = leaves(type, (name) => !NOT_IN_ROWS.has(name) && !NAMED.split(' ').includes(name));
  return [NAMED, ...plain, ...ones(type).map((each) => `${each.name} { ${NAMED} }`)].join(' ');
}

/** What records of these kinds belong to, where that may be several: the first two stand in a row. */
const BELONGING = {
  Person: ['affiliations', ', where: { edge: { until: { isNull: true } } }'],
  Project: ['institutions', ''],
  Achievement: ['holders', ''],
};

/** A row of a list of these records alone. */
function listRow(type) {
  const [name, condition] = BELONGING[type.name] ?? [];
  const belonging = name && `${name}(first: 2${condition}) { totalCount nodes { ${NAMED} } }`;
  return { text: [row(type), belonging].filter(Boolean).join(' '), columns: name ? [name] : [] };
}

function recordDocument({ type, singular }) {
  const shorts = fields(type).filter((each) => isRecord(bare(each.type)) && isMany(each.type));
  const inner = [
    ...leaves(type),
    ...ones(type).map((each) => `${each.name} { ${NAMED} }`),
    ...shorts.map((each) => `${each.name} { ${each.name === 'sources' ? sourceRow() : NAMED} }`),
  ];
  return `query Record${type.name}($id: ID!) { record: ${singular}(id: $id) { ${inner.join(' ')} } }`;
}

function sourceRow() {
  return `${NAMED} code licence url readAt`;
}

function listDocument({ type, plural }) {
  return `query List${type.name}($where: ${type.name}Where, $orderBy: [${type.name}Order!], $first: Int, $after: String) {
    list: ${plural}(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount nodes { ${listRow(type).text} } pageInfo { endCursor hasNextPage } } }`;
}

/** Where a record stands comes first, then what it is, then where it lies. */
const rank = ({ name, holds }) => (name === 'state' ? 0 : { choice: 1, record: 2, flag: 3 }[holds]);
/** Those of an exchange lie where its two institutions do, whose divisions are there already. */
const NO_FACETS = new Set(['partyDivision', 'counterpartyDivision']);

/** The keys a list can be narrowed by: its own choices and flags, and the division of it or of the one it belongs to. */
function facetsOf({ type }) {
  const group = schema.getType(`${type.name}Group`);
  const enumeration = schema.getType(`${type.name}GroupKey`);
  if (!isObjectType(group) || !isEnumType(enumeration)) return [];
  const own = type.getFields();
  const found = fields(group).flatMap(({ name, type: kind }) => {
    const key = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
    if (!enumeration.getValue(key)) return [];
    const held = bare(kind);
    if (isLeafType(held)) {
      const isChosen = isEnumType(held) || held.name === 'Boolean';
      return name in own && isChosen ? [{ name, key, path: [name], holds: isEnumType(held) ? 'choice' : 'flag' }] : [];
    }
    if (held.name !== 'Division' || NO_FACETS.has(name)) return [];
    if (name in own) return [{ name, key, path: [name], holds: 'record' }];
    const first = ones(type).find((each) => name === `${each.name}Division`);
    return first ? [{ name, key, path: [first.name, 'division'], holds: 'record' }] : [];
  });
  return found.sort((one, other) => rank(one) - rank(other));
}

function facetsDocument({ type, plural }, facets) {
  const grouped = facets.map(
    ({ name, key, holds }) =>
      `${name}: groups(by: [${key}], limit: ${MOST_FACETS}) { count value: ${name} ${holds === 'record' ? '{ id name nameEn }' : ''} }`,
  );
  return `query Facets${type.name}($where: ${type.name}Where) { list: ${plural}(where: $where) { totalCount ${grouped.join(' ')} } }`;
}

function relationDocument({ type, singular }, field) {
  const connection = bare(field.type);
  const edge = bare(connection.getFields().edges.type);
  const told = leaves(edge, (name) => name !== 'cursor');
  return `query ${type.name}${capital(field.name)}($id: ID!, $first: Int, $after: String) {
    record: ${singular}(id: $id) { id relation: ${field.name}(first: $first, after: $after) {
      totalCount edges { ${told.join(' ')} node { ${row(nodeOf(connection))} } } pageInfo { endCursor hasNextPage } } } }`;
}

const manifest = {};

/** The `documentId` of a text, which goes into the manifest; `__typename` is asked for where the cache needs it. */
function trusted(text) {
  const document = parse(text.replaceAll(/\{ id /g, '{ __typename id '));
  const faults = validate(schema, document);
  if (faults.length) throw new Error(`${text}\n${faults.join('\n')}`);
  const printed = print(document);
  const hash = createHash('sha256').update(printed).digest('hex');
  manifest[hash] = printed;
  return `sha256:${hash}`;
}

function documentsOf(noun) {
  const facets = facetsOf(noun);
  const relations = fields(noun.type).filter((each) => isConnection(bare(each.type)));
  return {
    type: noun.type.name,
    singular: noun.singular,
    plural: noun.plural,
    record: trusted(recordDocument(noun)),
    list: trusted(listDocument(noun)),
    columns: [
      ...row(noun.type)
        .replaceAll(/ \{[^}]*\}/g, '')
        .split(' '),
      ...listRow(noun.type).columns,
    ],
    facets,
    facetCounts: trusted(facetsDocument(noun, facets)),
    relations: Object.fromEntries(relations.map((each) => [each.name, trusted(relationDocument(noun, each))])),
  };
}

const nouns = nounsOf();
const made = Object.fromEntries(nouns.map((noun) => [noun.singular, documentsOf(noun)]));

// what the last build weighed, beside it, stays until the next build
rmSync(here('made/documents'), { recursive: true, force: true });
mkdirSync(here('made/documents'), { recursive: true });
mkdirSync(here('src/made'), { recursive: true });
writeFileSync(here('made/documents/records.json'), JSON.stringify(manifest));
writeFileSync(here('src/made/records.json'), JSON.stringify(made));
