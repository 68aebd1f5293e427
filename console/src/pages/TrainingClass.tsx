// A training class: its seats as a sum, one's own place in it, its days, its certificates, and what one may do.
import { CalendarOutlined, DatabaseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { instant } from '../format';
import { KindMark } from '../kinds';
import { useFollowed } from '../live';
import { ClassPageDocument, type ClassPageQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { FactRows } from '../parts/FactRows';
import { Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink, SyntheticChip } from '../parts/RecordLink';
import { type Column, Rows } from '../parts/Rows';
import { Certificates } from '../parts/training/Certificates';
import { ClassMoves } from '../parts/training/ClassMoves';
import { ClassTabs } from '../parts/training/ClassTabs';
import { isLive, MyRegistration, useOwn } from '../parts/training/MyRegistration';
import { Registering, RegisterOneself } from '../parts/training/Registering';
import { Seats } from '../parts/training/Seats';
import { homesOf, mayEdit } from '../rights';
import { signOnAddress, useViewer } from '../viewer';
import { NotFound } from './NotFound';

type Class = NonNullable<ClassPageQuery['trainingClass']>;

export default function TrainingClass() {
  const { id = '' } = useParams();
  const model = useModel();
  const viewer = useViewer();
  const { data, error, reload } = useFollowed(ClassPageDocument, id);
  if (!data) {
    return (
      <Page title={model.nounLabel('TrainingClass')}>
        {error ? <Fault error={error} retry={reload} /> : <Pending rows={8} />}
      </Page>
    );
  }
  const { trainingClass, classSeats } = data;
  if (!trainingClass) return <NotFound />;
  const isOrganiser = mayEdit(viewer, trainingClass.organiser?.id);
  return (
    <Page
      title={model.name(trainingClass)}
      heading={<Heading of={trainingClass} />}
      actions={<Elsewhere id={id} />}
      lead={trainingClass.description}
    >
      <ClassTabs id={id} organiser={trainingClass.organiser?.id} />
      <div className="entity">
        <div>
          {classSeats && <Seats counts={classSeats} isAtClose={trainingClass.allocation === 'AT_CLOSE'} />}
          <About of={trainingClass} />
          <Sessions of={trainingClass} />
          <Certificates id={id} mayRevoke={isOrganiser} />
        </div>
        <div>
          <Mine of={trainingClass} onChange={reload} />
          {isOrganiser && <ClassMoves id={id} state={trainingClass.state} onDone={reload} />}
        </div>
      </div>
    </Page>
  );
}

function Heading({ of }: { of: Class }) {
  const model = useModel();
  const other = model.language === 'en' ? of.name : of.nameEn;
  return (
    <>
      <p className="kicker">
        <KindMark type="TrainingClass" />
        <span className="state">{model.chosen('TrainingClass', 'state', of.state)}</span>
        {of.synthetic && <SyntheticChip />}
      </p>
      <h1>{model.name(of)}</h1>
      {other && other !== model.name(of) && (
        <p className="quiet other-name" lang={model.language === 'en' ? 'zh-CN' : 'en'}>
          {other}
        </p>
      )}
    </>
  );
}

function Elsewhere({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <>
      <a className="button" href={`/calendar/classes/${encodeURIComponent(id)}.ics`}>
        <CalendarOutlined aria-hidden="true" /> {t('training.calendar')}
      </a>
      <Link className="button" to={`/training-classes/${encodeURIComponent(id)}`}>
        <DatabaseOutlined aria-hidden="true" /> {t('training.record')}
      </Link>
    </>
  );
}

/** One's own registration, or the way to one. */
function Mine({ of, onChange }: { of: Class; onChange: () => void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const person = viewer?.person?.id;
  const [own, reload] = useOwn(of.id, person);
  const [isRegistering, setRegistering] = useState(false);
  const changed = () => {
    setRegistering(false);
    reload();
    onChange();
  };
  if (viewer && !viewer.isSignedOn) {
    return (
      <section className="panel">
        <p>{t('training.signOnFirst')}</p>
        <Button href={signOnAddress()}>{t('header.signOn')}</Button>
      </section>
    );
  }
  const isOpen = of.state === 'OPEN';
  const mayRegisterOthers = isOpen && homesOf(viewer).length > 0;
  return (
    <>
      {own && <MyRegistration own={own} onChange={changed} />}
      {isOpen && person && own !== undefined && !isLive(own) && !mayRegisterOthers && (
        <RegisterOneself id={of.id} person={person} onDone={changed} />
      )}
      {mayRegisterOthers && (
        <section className="panel" aria-labelledby="others">
          <h2 id="others">{t('training.ofOurs')}</h2>
          <p>{t('training.registerText')}</p>
          <Button type="primary" onClick={() => setRegistering(true)}>
            {t('training.registerPeople')}
          </Button>
        </section>
      )}
      {isRegistering && <Registering id={of.id} onClose={() => setRegistering(false)} onDone={changed} />}
    </>
  );
}

function About({ of }: { of: Class }) {
  const { t } = useTranslation();
  const model = useModel();
  const rows = [
    [t('training.organiser'), of.organiser && <RecordLink key="organiser" record={of.organiser} hasKind />],
    [t('training.days'), of.startsOn && `${of.startsOn} – ${of.endsOn ?? '…'}`],
    [t('training.where'), of.place],
    [t('training.closes'), of.registrationClosesAt && instant(of.registrationClosesAt, model.language)],
    [t('training.allocation'), model.chosen('TrainingClass', 'allocation', of.allocation)],
    [
      t('training.clause'),
      of.clause && (
        <span key="clause">
          <RecordLink record={of.clause} />
          {of.clause.quota != null && (
            <> · {t('agreement.per', { quota: of.clause.quota, per: model.per(of.clause) })}</>
          )}
        </span>
      ),
    ],
    [t('training.topics'), of.topics.map((each) => <RecordLink key={each.id} record={each} />)],
    [t('training.reason'), of.reason],
  ] as const;
  return (
    <section aria-labelledby="about">
      <h2 id="about">{t('entity.facts')}</h2>
      <FactRows rows={rows} />
    </section>
  );
}

function Sessions({ of }: { of: Class }) {
  const { t } = useTranslation();
  const model = useModel();
  const sessions = [...of.sessions].sort((one, other) => one.startsAt.localeCompare(other.startsAt));
  const columns: Column<Class['sessions'][number]>[] = [
    { key: 'name', title: t('training.session'), shown: (each) => model.name(each) },
    { key: 'starts', title: t('training.begins'), shown: (each) => instant(each.startsAt, model.language) },
    { key: 'ends', title: t('training.ends'), shown: (each) => instant(each.endsAt, model.language) },
    { key: 'place', title: t('training.where'), shown: (each) => each.place ?? of.place ?? '—' },
    { key: 'teacher', title: t('training.teacher'), shown: (each) => each.teacher ?? '—' },
  ];
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t('training.sessions')}</h2>
      {sessions.length === 0 ? (
        <Empty>{t('training.noSessions')}</Empty>
      ) : (
        <Rows rows={sessions} columns={columns} label={t('training.sessions')} />
      )}
    </section>
  );
}
