// What stands round every page: the synthetic bar, the header with search, the menu, the keys.
import { BellOutlined, MenuOutlined, QuestionCircleOutlined, SettingOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Checkbox, Radio } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { AnySyntheticDocument, UnreadNoticesDocument } from '../made/graphql/graphql';
import { type Appearance, type Language, prefer, store, stored, usePreferences } from '../preferences';
import { signOnAddress, useViewer } from '../viewer';
import { Dialog, Disclosure } from './Dialog';
import { Menu } from './Menu';
import { isTyping } from './Rows';

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page folds the menu
  useEffect(() => setOpen(false), [pathname]);
  return (
    <>
      <a className="skip" href="#main">
        {t('menu.skip')}
      </a>
      <SyntheticBar />
      <Header isOpen={isOpen} onMenu={() => setOpen(!isOpen)} />
      <div className="below">
        <Menu isOpen={isOpen} />
        {children}
      </div>
    </>
  );
}

/** Whether the bar stood at the last visit: it stands from the beginning then, and the page does not move under the reader. */
const STOOD = 'bashu-synthetic';

function SyntheticBar() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: trusted(AnySyntheticDocument) });
  const isThere = data
    ? Object.values(data).some((each) => typeof each === 'object' && each.nodes.length > 0)
    : stored(STOOD) === 'true';
  useEffect(() => {
    if (data) store(STOOD, String(isThere));
  }, [data, isThere]);
  if (!isThere) return null;
  return (
    <aside className="synthetic-bar" aria-label={t('synthetic.chip')}>
      {t('synthetic.bar')}
    </aside>
  );
}

function Header({ isOpen, onMenu }: { isOpen: boolean; onMenu: () => void }) {
  const { t } = useTranslation();
  return (
    <header className="header">
      <Button
        className="menu-button"
        type="text"
        icon={<MenuOutlined aria-hidden="true" />}
        aria-label={t('menu.open')}
        aria-expanded={isOpen}
        aria-controls="menu"
        onClick={onMenu}
      />
      <Link className="brand" to="/">
        <img src="/favicon.svg" alt="" width="28" height="28" />
        <span>{t('hub')}</span>
      </Link>
      <SearchField />
      <div className="header-end">
        <DisplaySettings />
        <Keys />
        <Bell />
        <Account />
      </div>
    </header>
  );
}

function SearchField() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [parameters] = useSearchParams();
  const { hasKeys } = usePreferences();
  const field = useRef<HTMLInputElement>(null);
  const shown = pathname === '/search' ? (parameters.get('q') ?? '') : '';
  useEffect(() => {
    if (!hasKeys) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [hasKeys]);
  return (
    <search className="search-field">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const text = field.current?.value.trim();
          if (text) void navigate(`/search?q=${encodeURIComponent(text)}`);
        }}
      >
        <input
          key={shown}
          ref={field}
          type="search"
          name="q"
          defaultValue={shown}
          placeholder={t('header.search')}
          aria-label={t('header.searchLabel')}
          maxLength={200}
        />
      </form>
    </search>
  );
}

function DisplaySettings() {
  const { t } = useTranslation();
  const { language, appearance, isLarge, hasKeys } = usePreferences();
  const id = useId();
  const content = (
    <div className="settings">
      <p id={`${id}-language`}>{t('header.language')}</p>
      <Radio.Group
        aria-labelledby={`${id}-language`}
        value={language}
        onChange={(event) => prefer({ language: event.target.value as Language })}
        options={[
          { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
          { value: 'en', label: <span lang="en">English</span> },
        ]}
      />
      <p id={`${id}-appearance`}>{t('header.appearance')}</p>
      <Radio.Group
        aria-labelledby={`${id}-appearance`}
        value={appearance}
        onChange={(event) => prefer({ appearance: event.target.value as Appearance })}
        options={(['system', 'light', 'dark'] as const).map((each) => ({ value: each, label: t(`header.${each}`) }))}
      />
      <p>
        <Checkbox checked={isLarge} onChange={(event) => prefer({ isLarge: event.target.checked })}>
          {t('header.large')}
        </Checkbox>
      </p>
      <p>
        <Checkbox checked={hasKeys} onChange={(event) => prefer({ hasKeys: event.target.checked })}>
          {t('header.keys')}
        </Checkbox>
      </p>
    </div>
  );
  return (
    <Disclosure label={t('header.settings')} summary={<SettingOutlined aria-hidden="true" />}>
      {content}
    </Disclosure>
  );
}

function Keys() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { hasKeys } = usePreferences();
  useEffect(() => {
    if (!hasKeys) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target)) setOpen(true);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [hasKeys]);
  const keys = [
    ['/', t('keys.search')],
    ['j', t('keys.next')],
    ['k', t('keys.previous')],
    ['x', t('keys.select')],
    ['Enter', t('keys.open')],
    ['?', t('keys.help')],
  ] as const;
  return (
    <>
      <Button
        type="text"
        icon={<QuestionCircleOutlined aria-hidden="true" />}
        aria-label={t('header.help')}
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <Dialog title={t('keys.title')} onClose={() => setOpen(false)}>
          <dl className="keys">
            {keys.map(([key, words]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
          <p className="quiet">{t('keys.off')}</p>
        </Dialog>
      )}
    </>
  );
}

/** How much one was told and has not read; asked again with each page. */
function Bell() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { pathname } = useLocation();
  const isOn = !!viewer?.isSignedOn;
  const [{ data }, again] = useQuery({ query: trusted(UnreadNoticesDocument), pause: !isOn });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page asks again
  useEffect(() => {
    if (isOn) again({ requestPolicy: 'network-only' });
  }, [pathname, isOn]);
  if (!isOn) return null;
  const count = data?.viewer.unreadNotices ?? 0;
  return (
    <Link className="bell" to="/me/notices" aria-label={t('header.notices', { count })}>
      <BellOutlined aria-hidden="true" /> {count > 0 && <span aria-hidden="true">{count}</span>}
    </Link>
  );
}

function Account() {
  const { t } = useTranslation();
  const viewer = useViewer();
  useLocation(); // the address to come back to changes with the page
  if (!viewer) return null;
  if (!viewer.isSignedOn) {
    return (
      <Button type="primary" href={signOnAddress()}>
        {t('header.signOn')}
      </Button>
    );
  }
  const content = (
    <div className="account">
      <Link to="/me">{t('header.me')}</Link>
      <a href="/auth/logout">{t('header.signOff')}</a>
    </div>
  );
  return (
    <Disclosure
      label={`${t('header.account')} ${viewer.name ?? ''}`}
      summary={
        <>
          <UserOutlined aria-hidden="true" /> <span className="account-name">{viewer.name ?? t('header.me')}</span>
        </>
      }
    >
      {content}
    </Disclosure>
  );
}
