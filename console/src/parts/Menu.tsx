// The menu: what there is to explore for everybody, what there is to do for those who decide.
import {
  ApiOutlined,
  AppstoreOutlined,
  BarChartOutlined,
  CompassOutlined,
  DatabaseOutlined,
  ImportOutlined,
  InboxOutlined,
  NodeIndexOutlined,
  ReadOutlined,
  ShareAltOutlined,
  SwapOutlined,
  SyncOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { useInboxChanges } from '../live';
import { InboxCountsDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { listPlace } from '../places';
import { runsTheHub } from '../rights';
import { useViewer, type Viewer } from '../viewer';

/** The kinds that the menu lists; the others are reached by relations and search. */
export const LISTED = [
  'Institution',
  'Instrument',
  'Person',
  'Project',
  'Agreement',
  'Achievement',
  'Dataset',
] as const;

const ADMINISTRATIVE = new Set(['APPROVER', 'INSTITUTION_ADMIN', 'PLATFORM_ADMIN']);

/** Whether decisions are theirs to take; such people have another menu, no longer than the others'. */
export function isAdministrator(viewer: Viewer | null): boolean {
  return (viewer?.roles ?? []).some((each) => ADMINISTRATIVE.has(each.role));
}

export function Menu({ isOpen }: { isOpen: boolean }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  return (
    <nav id="menu" className={isOpen ? 'menu open' : 'menu'} aria-label={t('menu.label')}>
      <ul>
        <Entry to="/" icon={<CompassOutlined aria-hidden="true" />} words={t('menu.home')} isExact />
        {isAdministrator(viewer) ? <Work /> : <Explore />}
        {runsTheHub(viewer) && <Operation />}
        <Entry to="/dashboard" icon={<BarChartOutlined aria-hidden="true" />} words={t('menu.dashboard')} />
        {!isAdministrator(viewer) && (
          <Entry to="/api/samples" icon={<ApiOutlined aria-hidden="true" />} words={t('menu.api')} />
        )}
        <Entry to="/me" icon={<UserOutlined aria-hidden="true" />} words={t('menu.me')} isExact />
      </ul>
    </nav>
  );
}

function Entry({ to, icon, words, isExact }: { to: string; icon: ReactNode; words: string; isExact?: boolean }) {
  return (
    <li>
      <NavLink to={to} end={isExact}>
        <span aria-hidden="true">{icon}</span> {words}
      </NavLink>
    </li>
  );
}

function Explore() {
  const { t } = useTranslation();
  return (
    <>
      <Records types={[...LISTED, 'TrainingClass']} />
      <Entry to="/graph" icon={<ShareAltOutlined aria-hidden="true" />} words={t('menu.graph')} />
      <Entry to="/paths" icon={<NodeIndexOutlined aria-hidden="true" />} words={t('menu.paths')} />
    </>
  );
}

function Work() {
  const { t } = useTranslation();
  const [{ data }, again] = useQuery({ query: trusted(InboxCountsDocument) });
  useInboxChanges(true, () => again({ requestPolicy: 'network-only' }));
  const count = data?.inbox.counts.open;
  return (
    <>
      <Entry
        to="/inbox"
        icon={<InboxOutlined aria-hidden="true" />}
        words={count ? t('menu.inboxCount', { count }) : t('menu.inbox')}
      />
      <Entry to="/exchanges" icon={<SwapOutlined aria-hidden="true" />} words={t('menu.exchanges')} />
      <Entry to="/training" icon={<ReadOutlined aria-hidden="true" />} words={t('menu.training')} />
      <Records types={LISTED} />
    </>
  );
}

/** For who looks after the hub itself. */
function Operation() {
  const { t } = useTranslation();
  return (
    <>
      <Entry to="/flows" icon={<SyncOutlined aria-hidden="true" />} words={t('menu.flows')} />
      <Entry to="/imports" icon={<ImportOutlined aria-hidden="true" />} words={t('menu.imports')} />
      <Entry to="/sources" icon={<DatabaseOutlined aria-hidden="true" />} words={t('menu.sources')} />
    </>
  );
}

function Records({ types }: { types: readonly string[] }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <li>
      <span className="menu-group" id="menu-records">
        <AppstoreOutlined aria-hidden="true" /> {t('menu.records')}
      </span>
      <ul aria-labelledby="menu-records">
        {types.map((type) => {
          const noun = model.noun(type);
          return (
            noun && (
              <li key={type}>
                <NavLink to={listPlace(noun.plural)}>{model.pluralLabel(type)}</NavLink>
              </li>
            )
          );
        })}
      </ul>
    </li>
  );
}
