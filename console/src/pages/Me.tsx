// What is mine: my roles, the sessions open in my name, the tokens of my programs.
import { Alert, App, Button, Checkbox, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMutation, useQuery } from 'urql';
import { requestKey, trusted } from '../ask';
import { instant } from '../format';
import {
  EndOtherSessionsDocument,
  EndSessionDocument,
  MakeTokenDocument,
  MySessionsAndTokensDocument,
  type MySessionsAndTokensQuery,
  RevokeTokenDocument,
  type Scope,
} from '../made/graphql/graphql';
import { useModel } from '../model';
import { Confirmed, Dialog } from '../parts/Dialog';
import { type Fact, FactShown, Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink } from '../parts/RecordLink';
import { type Column, Rows } from '../parts/Rows';
import { SignedOut } from '../parts/SignedOut';
import { CopyButton } from '../parts/Value';
import { useViewer } from '../viewer';

type Mine = MySessionsAndTokensQuery['viewer'];
type Session = Mine['sessions'][number];
type Token = Mine['tokens'][number];

const LONGEST_DAYS = 365;
const STANDARD_DAYS = 90;

export default function Me() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const [{ data, error }, again] = useQuery({ query: trusted(MySessionsAndTokensDocument) });
  const reload = () => again({ requestPolicy: 'network-only' });
  if (viewer && !viewer.isSignedOn) return <SignedOut title={t('me.title')} text={t('me.signedOut')} />;
  return (
    <Page
      title={viewer?.name ?? t('me.title')}
      lead={t('me.title')}
      actions={
        <>
          <Link className="button" to="/exchange-wishes">
            {t('wish.list')}
          </Link>
          <Button href="/auth/logout">{t('header.signOff')}</Button>
        </>
      }
    >
      <Roles />
      {error && <Fault error={error} retry={reload} />}
      {!data && !error && <Pending />}
      {data && <Sessions sessions={data.viewer.sessions} reload={reload} />}
      {data && <Tokens tokens={data.viewer.tokens} reload={reload} />}
    </Page>
  );
}

function Roles() {
  const { t } = useTranslation();
  const model = useModel();
  const viewer = useViewer();
  const rows = (viewer?.roles ?? []).map((each, index) => ({ ...each, id: `${index}` }));
  const columns: Column<(typeof rows)[number]>[] = [
    { key: 'role', title: t('me.role'), shown: (each) => model.role(each.role) },
    {
      key: 'institution',
      title: t('me.institution'),
      shown: (each) => (each.institution ? <RecordLink record={each.institution} hasKind /> : '—'),
    },
    { key: 'until', title: t('me.until'), shown: (each) => each.until ?? '—' },
  ];
  return (
    <section aria-labelledby="roles">
      <h2 id="roles">{t('me.roles')}</h2>
      {rows.length === 0 ? (
        <Empty>{t('home.noRoles')}</Empty>
      ) : (
        <Rows rows={rows} columns={columns} label={t('me.roles')} />
      )}
    </section>
  );
}

function Sessions({ sessions, reload }: { sessions: readonly Session[]; reload: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const [, end] = useMutation(trusted(EndSessionDocument));
  const [, endOthers] = useMutation(trusted(EndOtherSessionsDocument));
  const { message } = App.useApp();
  const act = async (deed: () => Promise<{ error?: Error }>) => {
    const { error } = await deed();
    if (error) void message.error(error.message);
    reload();
  };
  const at = (text: string) => instant(text, model.language);
  const columns: Column<Session>[] = [
    {
      key: 'browser',
      title: t('me.browser'),
      shown: (each) => (
        <>
          {each.userAgent ?? '—'} {each.isCurrent && <strong>{t('me.current')}</strong>}
        </>
      ),
    },
    { key: 'agency', title: t('me.agency'), shown: (each) => each.agency },
    { key: 'address', title: t('me.address'), shown: (each) => each.address ?? '—' },
    { key: 'created', title: t('me.created'), shown: (each) => at(each.createdAt) },
    { key: 'seen', title: t('me.seen'), shown: (each) => at(each.lastSeenAt) },
    { key: 'expires', title: t('me.expires'), shown: (each) => at(each.expiresAt) },
    {
      key: 'end',
      title: t('me.end'),
      shown: (each) =>
        each.isCurrent ? (
          '—'
        ) : (
          <Confirmed
            label={t('me.end')}
            question={t('me.endConfirm')}
            onConfirm={() => act(() => end({ requestKey: requestKey(), id: each.id }))}
          />
        ),
    },
  ];
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t('me.sessions')}</h2>
      <Rows rows={sessions} columns={columns} label={t('me.sessions')} />
      {sessions.length > 1 && (
        <Button onClick={() => act(() => endOthers({ requestKey: requestKey() }))}>{t('me.endOthers')}</Button>
      )}
    </section>
  );
}

function Tokens({ tokens, reload }: { tokens: readonly Token[]; reload: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const [, revoke] = useMutation(trusted(RevokeTokenDocument));
  const [isMaking, setMaking] = useState(false);
  const scopes = useScopeWords();
  const columns: Column<Token>[] = [
    { key: 'name', title: t('me.name'), shown: (each) => each.name },
    {
      key: 'scopes',
      title: t('me.scopes'),
      shown: (each) => each.scopes.map((scope) => scopes[scope]).join(model.language === 'en' ? ', ' : '、'),
    },
    {
      key: 'institution',
      title: t('me.institution'),
      shown: (each) => (each.institution ? <RecordLink record={each.institution} /> : '—'),
    },
    { key: 'expires', title: t('me.expires'), shown: (each) => instant(each.expiresAt, model.language) },
    {
      key: 'used',
      title: t('me.used'),
      shown: (each) => (each.lastUsedAt ? instant(each.lastUsedAt, model.language) : t('me.never')),
    },
    {
      key: 'state',
      title: t('me.state'),
      shown: (each) =>
        each.revokedAt ? (
          t('me.revoked')
        ) : new Date(each.expiresAt) < new Date() ? (
          t('me.expired')
        ) : (
          <Confirmed
            label={t('me.revoke')}
            question={t('me.revokeConfirm')}
            onConfirm={async () => {
              await revoke({ requestKey: requestKey(), id: each.id });
              reload();
            }}
          />
        ),
    },
  ];
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{t('me.tokens')}</h2>
      <p>{t('me.tokensText')}</p>
      {tokens.length === 0 ? (
        <Empty>{t('me.noTokens')}</Empty>
      ) : (
        <Rows rows={tokens} columns={columns} label={t('me.tokens')} />
      )}
      <Button type="primary" onClick={() => setMaking(true)}>
        {t('me.make')}
      </Button>
      {isMaking && (
        <MakeToken
          onClose={() => {
            setMaking(false);
            reload();
          }}
        />
      )}
    </section>
  );
}

function useScopeWords(): Record<Scope, string> {
  const { t } = useTranslation();
  return {
    GRAPH_READ: t('me.scopeGraphRead'),
    GRAPH_WRITE: t('me.scopeGraphWrite'),
    PERSONAL_READ: t('me.scopePersonalRead'),
    AUDIT_READ: t('me.scopeAuditRead'),
  };
}

function MakeToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const words = useScopeWords();
  const [{ fetching, error }, make] = useMutation(trusted(MakeTokenDocument));
  const [secret, setSecret] = useState<string | null>(null);
  const [fact, setFact] = useState<Fact | null>(null);
  const [key] = useState(requestKey);
  const submit = async (input: { name: string; scopes: Scope[]; days: number }) => {
    const { data } = await make({ requestKey: key, input });
    const result = data?.createToken;
    if (result?.__typename === 'TokenCreated') setSecret(result.secret ?? null);
    else if (result) setFact(result as Fact);
  };
  if (secret) {
    return (
      <Dialog title={t('me.secret')}>
        <Alert type="warning" showIcon title={t('me.secretText')} />
        <p className="secret">
          <code>{secret}</code> <CopyButton text={secret} label={t('me.secret')} />
        </p>
        <Button type="primary" onClick={onClose}>
          {t('me.done')}
        </Button>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('me.make')} onClose={onClose}>
      {error && <Fault error={error} />}
      {fact && <FactShown fact={fact} />}
      <Form layout="vertical" onFinish={submit} initialValues={{ days: STANDARD_DAYS, scopes: ['GRAPH_READ'] }}>
        <Form.Item
          name="name"
          label={t('me.name')}
          extra={t('me.nameHelp')}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="scopes" label={t('me.scopes')} rules={[{ required: true }]}>
          <Checkbox.Group options={(viewer?.scopes ?? []).map((each) => ({ value: each, label: words[each] }))} />
        </Form.Item>
        <Form.Item name="days" label={t('me.days')} rules={[{ required: true }]}>
          <InputNumber min={1} max={LONGEST_DAYS} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={fetching}>
          {t('me.make')}
        </Button>
      </Form>
    </Dialog>
  );
}
