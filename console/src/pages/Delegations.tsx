// Deputies: who decides in my place for a time, and in whose place I decide.
import { App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { requestKey, trusted } from '../ask';
import { useDeed } from '../deed';
import { dayText } from '../inbox';
import {
  DelegateDocument,
  EndDelegationDocument,
  MyDelegationsDocument,
  type MyDelegationsQuery,
  type Role,
} from '../made/graphql/graphql';
import { type Model, useModel } from '../model';
import { Confirmed } from '../parts/Dialog';
import { FactShown, Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink } from '../parts/RecordLink';
import { RecordPicker } from '../parts/RecordPicker';
import { type Column, Rows } from '../parts/Rows';
import { SignedOut } from '../parts/SignedOut';
import { ChoiceField, DayField } from '../parts/Typed';
import { documentsOfKind } from '../places';
import { useViewer, type Viewer } from '../viewer';

type Delegation = MyDelegationsQuery['given']['nodes'][number];

export default function Delegations() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const me = viewer?.person?.id;
  const [{ data, error }, again] = useQuery({
    query: trusted(MyDelegationsDocument),
    variables: { me: me ?? '' },
    pause: !me,
    requestPolicy: 'cache-and-network',
  });
  const reload = () => again({ requestPolicy: 'network-only' });
  if (viewer && !viewer.isSignedOn) return <SignedOut title={t('delegation.title')} text={t('delegation.signedOut')} />;
  return (
    <Page title={t('delegation.title')} lead={t('delegation.lead')}>
      {error && <Fault error={error} retry={reload} />}
      {viewer && <Make viewer={viewer} onDone={reload} />}
      {!data && !error && me && <Pending />}
      {data && (
        <>
          <Shown title={t('delegation.given')} none={t('delegation.none')} rows={data.given.nodes} onEnd={reload} />
          <Shown title={t('delegation.held')} none={t('delegation.noneHeld')} rows={data.held.nodes} />
        </>
      )}
    </Page>
  );
}

/** A delegation as it is filled in; whoever has no deciding role has none to hand over. */
function useMaking(viewer: Viewer, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const deed = useDeed(DelegateDocument);
  const held = viewer.roles.filter((each) => isDeciding(each.role) && !each.deputyFor && each.institution);
  const [which, setWhich] = useState(0);
  const [deputy, setDeputy] = useState<{ id: string; name: string } | null>(null);
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const [since, setSince] = useState(dayText(new Date()));
  const [until, setUntil] = useState('');
  const role = held[which];
  const send = async () => {
    if (!deputy || !until || !role?.institution) return;
    const place = { deputy: deputy.id, institution: role.institution.id, role: role.role };
    if (!(await deed.run({ input: { ...place, kinds: [...kinds], since, until }, dryRun: false }))) return;
    setDeputy(null);
    setKinds([]);
    setUntil('');
    void message.success(t('delegation.made'));
    onDone();
  };
  const isWhole = !!deputy && !!until;
  return {
    deed,
    held,
    which,
    setWhich,
    deputy,
    setDeputy,
    kinds,
    setKinds,
    since,
    setSince,
    until,
    setUntil,
    isWhole,
    send,
  };
}

function Make({ viewer, onDone }: { viewer: Viewer; onDone: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const making = useMaking(viewer, onDone);
  const { deed, since, until } = making;
  if (making.held.length === 0) return <Empty>{t('delegation.noRole')}</Empty>;
  const options = making.held.map((each, index) => ({
    value: String(index),
    label: `${model.role(each.role)} · ${each.institution ? model.name(each.institution) : ''}`,
  }));
  return (
    <section aria-labelledby="make">
      <h2 id="make">{t('delegation.make')}</h2>
      <form
        className="typed"
        onSubmit={(event) => {
          event.preventDefault();
          void making.send();
        }}
      >
        {deed.error && <Fault error={deed.error} />}
        {deed.fact && <FactShown fact={deed.fact} />}
        <ChoiceField
          label={t('delegation.role')}
          value={String(making.which)}
          onChange={(value) => making.setWhich(Number(value))}
          options={options}
        />
        <div className="labelled">
          <span>{t('delegation.deputy')}</span>
          <RecordPicker
            label={t('delegation.deputy')}
            name={making.deputy?.name}
            kinds={['PERSON']}
            onChoose={(id, name) => making.setDeputy({ id, name })}
          />
        </div>
        <fieldset className="kinds">
          <legend>{t('delegation.kinds')}</legend>
          <Checkbox.Group
            value={[...making.kinds]}
            options={KINDS.map((each) => ({ value: each, label: kindWord(model, each) }))}
            onChange={making.setKinds}
          />
          <p className="quiet small">{t('delegation.kindsHint')}</p>
        </fieldset>
        <DayField label={t('delegation.since')} value={since} onChange={making.setSince} isRequired />
        <DayField label={t('delegation.until')} value={until} min={since} onChange={making.setUntil} isRequired />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={deed.isBusy} disabled={!making.isWhole}>
            {t('delegation.create')}
          </Button>
          {!making.isWhole && <span className="quiet">{t('delegation.missing')}</span>}
        </div>
      </form>
    </section>
  );
}

/** What decisions are owed about, by the words of the records' ids. */
const KINDS = ['cadre_exchange', 'registration', 'training_class'] as const;

function kindWord(model: Model, kind: string): string {
  return model.nounLabel(documentsOfKind(kind)?.type ?? kind);
}

function isDeciding(role: Role): boolean {
  return role === 'APPROVER' || role === 'INSTITUTION_ADMIN';
}

function Shown({
  title,
  none,
  rows,
  onEnd,
}: {
  title: string;
  none: string;
  rows: readonly Delegation[];
  onEnd?: () => void;
}) {
  const { t } = useTranslation();
  const columns = useColumns(onEnd);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <Empty>{none}</Empty>
      ) : (
        <Rows rows={rows} columns={columns} label={title || t('delegation.title')} />
      )}
    </section>
  );
}

function useColumns(onEnd?: () => void): Column<Delegation>[] {
  const { t } = useTranslation();
  const model = useModel();
  const [, end] = useMutation(trusted(EndDelegationDocument));
  const today = dayText(new Date());
  const stateOf = (each: Delegation) =>
    each.endedAt || (each.until && each.until < today) ? 'over' : each.since && each.since > today ? 'ahead' : 'active';
  const other: Column<Delegation> = onEnd
    ? {
        key: 'deputy',
        title: t('delegation.deputy'),
        shown: (each) => (each.deputy ? <RecordLink record={each.deputy} hasKind /> : '—'),
      }
    : {
        key: 'principal',
        title: t('delegation.principal'),
        shown: (each) => (each.principal ? <RecordLink record={each.principal} hasKind /> : '—'),
      };
  const columns: Column<Delegation>[] = [
    other,
    {
      key: 'role',
      title: t('delegation.role'),
      shown: (each) => (
        <>
          {model.role(each.role)} {each.institution && <RecordLink record={each.institution} />}
        </>
      ),
    },
    {
      key: 'kinds',
      title: t('delegation.kinds'),
      shown: ({ kinds }) =>
        kinds.length === 0
          ? t('delegation.allKinds')
          : kinds.map((each) => kindWord(model, each)).join(model.language === 'en' ? ', ' : '、'),
    },
    { key: 'period', title: t('delegation.period'), shown: (each) => `${each.since ?? '…'} – ${each.until ?? '…'}` },
    { key: 'state', title: t('delegation.state'), shown: (each) => t(`delegation.${stateOf(each)}`) },
  ];
  if (!onEnd) return columns;
  const ended = async (id: string) => {
    await end({ requestKey: requestKey(), id });
    onEnd();
  };
  return [
    ...columns,
    {
      key: 'end',
      title: t('delegation.end'),
      shown: (each) =>
        stateOf(each) === 'over' ? (
          '—'
        ) : (
          <Confirmed
            label={t('delegation.end')}
            question={t('delegation.endConfirm')}
            onConfirm={() => ended(each.id)}
          />
        ),
    },
  ];
}
