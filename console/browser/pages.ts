// The addresses of all pages, by the name of their pictures.
import type { Known, Work } from './known';
import type { Seat } from './sign-on';

/** Those that anybody sees. */
export const PAGES: Record<string, (of: Known) => string> = {
  home: () => '/',
  search: () => `/search?q=${encodeURIComponent('大学')}`,
  'search of nothing': () => '/search?q=zzzzqqqq',
  institutions: () => '/institutions',
  instruments: () => '/instruments?status=AVAILABLE&sort=-valueCny',
  people: () => '/people',
  projects: () => '/projects',
  agreements: () => '/agreements',
  achievements: () => '/achievements',
  datasets: () => '/datasets',
  'no such list rows': () => '/instruments?name=zzzzqqqq',
  instrument: ({ instrument }) => `/instruments/${instrument}`,
  institution: ({ institution }) => `/institutions/${institution}`,
  'history of a record': ({ openClass }) => `/training-classes/${openClass}?tab=history`,
  person: ({ person }) => `/people/${person}`,
  project: ({ project }) => `/projects/${project}`,
  agreement: ({ agreement }) => `/agreements/${agreement}`,
  'graph to choose': () => '/graph',
  graph: ({ instrument }) => `/graph?seed=${instrument}`,
  'paths to choose': () => '/paths',
  paths: ({ institution, other }) => `/paths?from=${institution}&to=${other}&hops=2`,
  dashboard: () => '/dashboard',
  training: () => '/training',
  'training class': ({ openClass }) => `/training/${openClass}`,
  'flows signed out': () => '/flows',
  'imports signed out': () => '/imports',
  samples: () => '/api/samples',
  'me signed out': () => '/me',
  'inbox signed out': () => '/inbox',
  'exchange signed out': () => '/exchanges/new',
  posts: () => '/posts',
  'wishes signed out': () => '/exchange-wishes',
  ledger: () => '/exchanges/ledger',
};

/** Those of who decides for an institution. */
export const WORK_PAGES: Record<string, (of: Work) => string> = {
  inbox: () => '/inbox',
  'inbox sent': () => '/inbox?tab=sent',
  'inbox done': () => '/inbox?tab=done',
  'inbox copied': () => '/inbox?tab=copied',
  decision: ({ task }) => `/inbox/${task}`,
  delegations: () => '/me/delegations',
  notices: () => '/me/notices',
  exchanges: () => '/exchanges',
  'new exchange': () => '/exchanges/new',
  'new exchange, post': ({ person, home }) => `/exchanges/new?person=${person}&home=${home}&step=post`,
  'new exchange, period': ({ person, home, post }) => `/exchanges/new?person=${person}&home=${home}&post=${post}`,
  exchange: ({ exchange }) => `/exchanges/${exchange}`,
  'ledger of an administrator': () => '/exchanges/ledger',
  matching: () => '/exchanges/matching',
  post: ({ post }) => `/posts/${post}`,
  'posts of an administrator': () => '/posts',
  wishes: () => '/exchange-wishes',
};

/** Those of classes, for their organiser, and of flows, for who looks after the hub. */
export const CARE_PAGES: Record<string, [seat: Seat, place: (of: Known, run: string) => string]> = {
  'class of an organiser': ['institution-admin', ({ openClass }) => `/training/${openClass}`],
  registrations: ['institution-admin', ({ openClass }) => `/training/${openClass}/registrations`],
  'import of a list': ['institution-admin', ({ openClass }) => `/training/${openClass}/import`],
  roll: ['institution-admin', ({ heldClass }) => `/training/${heldClass}/roll`],
  certificates: ['institution-admin', ({ certifiedClass }) => `/training/${certifiedClass}`],
  flows: ['platform-admin', () => '/flows'],
  sources: ['platform-admin', () => '/sources'],
  source: ['platform-admin', () => '/sources/cd-source-ror'],
  imports: ['platform-admin', () => '/imports'],
  import: ['platform-admin', (_, run) => `/imports/${run}`],
  'import, what is new': ['platform-admin', (_, run) => `/imports/${run}?fate=new`],
};
