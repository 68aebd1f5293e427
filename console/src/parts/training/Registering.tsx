// Registers oneself, one person, or a group that is confirmed whole or waits whole.
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../../deed';
import { RegisterGroupDocument, RegisterOneDocument } from '../../made/graphql/graphql';
import { useModel } from '../../model';
import { belongsTo, homesOf } from '../../rights';
import { useViewer, type Viewer } from '../../viewer';
import { Dialog } from '../Dialog';
import { Refused } from '../Fault';
import { type Chosen, RecordsPicker } from '../RecordsPicker';

export function Registering({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const homes = homesOf(viewer);
  const [people, setPeople] = useState<readonly Chosen[]>([]);
  const [home, setHome] = useState(homes[0]?.id ?? '');
  const one = useDeed(RegisterOneDocument);
  const group = useDeed(RegisterGroupDocument);
  const submit = async () => {
    const [first] = people;
    if (!first) return;
    const input = { trainingClass: id, home };
    const isDone =
      people.length === 1
        ? await one.run({ input: { ...input, person: first.id } })
        : await group.run({ input: { ...input, people: people.map((each) => each.id) } });
    if (isDone) onDone();
  };
  return (
    <Dialog title={t('training.registerPeople')} onClose={onClose}>
      <form
        className="path-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <HomeChoice homes={homes} home={home} onChoose={setHome} />
        <div className="field">
          <span>{t('training.people')}</span>
          <RecordsPicker label={t('training.people')} kinds={['PERSON']} chosen={people} onChange={setPeople} />
        </div>
        <p className="quiet">{t(people.length > 1 ? 'training.wholeGroup' : 'training.oneOrMore')}</p>
        <Refused deed={people.length > 1 ? group : one} />
        <div className="actions">
          <Button type="primary" htmlType="submit" disabled={people.length === 0} loading={one.isBusy || group.isBusy}>
            {t('training.submit', { count: people.length })}
          </Button>
          <Button onClick={onClose}>{t('me.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

export function RegisterOneself({ id, person, onDone }: { id: string; person: string; onDone: () => void }) {
  const { t } = useTranslation();
  const homes = belongsTo(useViewer());
  const [home, setHome] = useState(homes[0]?.id ?? '');
  const register = useDeed(RegisterOneDocument);
  return (
    <section className="panel" aria-labelledby="mine">
      <h2 id="mine">{t('training.mine')}</h2>
      <p>{t('training.notRegistered')}</p>
      <HomeChoice homes={homes} home={home} onChoose={setHome} />
      <Refused deed={register} />
      <Button
        type="primary"
        loading={register.isBusy}
        onClick={async () => {
          if (await register.run({ input: { trainingClass: id, home, person } })) onDone();
        }}
      >
        {t('training.registerMyself')}
      </Button>
    </section>
  );
}

/** Nothing to choose where there is one only. */
export function HomeChoice({
  homes,
  home,
  onChoose,
}: {
  homes: readonly NonNullable<Viewer['roles'][number]['institution']>[];
  home: string;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const id = useId();
  const [only] = homes;
  if (homes.length === 1 && only) {
    return (
      <p>
        <span className="quiet">{t('training.home')}</span> {model.name(only)}
      </p>
    );
  }
  return (
    <label htmlFor={id}>
      {t('training.home')}
      <select id={id} value={home} onChange={(event) => onChoose(event.target.value)}>
        {homes.map((each) => (
          <option key={each.id} value={each.id}>
            {model.name(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
