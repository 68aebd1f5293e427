// A wish to be exchanged as it is registered or changed: by the person, or for them by who administers their home.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../deed';
import { dayText } from '../inbox';
import { CreateWishDocument, EditWishDocument, type WishToldQuery } from '../made/graphql/graphql';
import { type Model, useModel } from '../model';
import { belongsTo, homesOf } from '../rights';
import { useViewer, type Viewer } from '../viewer';
import { Refused } from './Fault';
import { RecordPicker } from './RecordPicker';
import { type Chosen, RecordsPicker } from './RecordsPicker';
import { ChoiceField, DayField, Labelled, LongField } from './Typed';

type Wish = NonNullable<WishToldQuery['exchangeWish']>;

interface Typed {
  since: string;
  until: string;
  months: string;
  purpose: string;
  divisions: readonly Chosen[];
  institutions: readonly Chosen[];
}

const MONTHS_MOST = 36;
const STANDARD_MONTHS = 6;
const FROM_DAYS = 30;
const UNTIL_DAYS = 395;

function typedOf(wish: Wish | undefined, model: Model): Typed {
  const named = (records: readonly Parameters<Model['name']>[0][]) =>
    records.map((each) => ({ id: each.id, name: model.name(each) }));
  return {
    since: wish?.since ?? dayText(new Date(), FROM_DAYS),
    until: wish?.until ?? dayText(new Date(), UNTIL_DAYS),
    months: String(wish?.months ?? STANDARD_MONTHS),
    purpose: wish?.purpose ?? '',
    divisions: named(wish?.divisions ?? []),
    institutions: named(wish?.institutions ?? []),
  };
}

export function WishForm({ wish, onDone }: { wish?: Wish; onDone: (id: string) => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const viewer = useViewer();
  const [typed, setTyped] = useState(typedOf(wish, model));
  const sender = useSender(viewer);
  const creating = useDeed(CreateWishDocument);
  const editing = useDeed(EditWishDocument);
  const set = (changed: Partial<Typed>) => setTyped({ ...typed, ...changed });
  const save = async () => {
    const ids = (chosen: readonly Chosen[]) => chosen.map((each) => each.id);
    const { since, until, purpose } = typed;
    const places = { divisions: ids(typed.divisions), institutions: ids(typed.institutions) };
    const input = { since, until, purpose: purpose || null, months: Number(typed.months), ...places };
    if (wish) {
      if (await editing.run({ input: { ...input, id: wish.id, version: wish.version } })) onDone(wish.id);
    } else if (sender.person && sender.home) {
      const answer = await creating.run({ input: { ...input, person: sender.person.id, home: sender.home } });
      if (answer?.__typename === 'ExchangeWishCreated' && answer.id) onDone(answer.id);
    }
  };
  return (
    <form
      className="typed"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Refused deed={wish ? editing : creating} />
      {!wish && <SenderFields sender={sender} />}
      <WishFields typed={typed} set={set} />
      <div className="actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={creating.isBusy || editing.isBusy}
          disabled={!wish && !sender.home}
        >
          {wish ? t('wish.save') : t('wish.new')}
        </Button>
      </div>
    </form>
  );
}

/** Who is to go, and from where: oneself from where one belongs, others from where one administers. */
function useSender(viewer: Viewer | null) {
  const model = useModel();
  const oneself = viewer?.person ?? null;
  const [person, setPerson] = useState(oneself && { id: oneself.id, name: model.name(oneself) });
  const [chosen, setChosen] = useState('');
  const homes = person?.id === oneself?.id ? belongsTo(viewer) : homesOf(viewer);
  const home = homes.find((each) => each.id === chosen)?.id ?? homes[0]?.id;
  return { person, setPerson, homes, home, setHome: setChosen, mayChoose: homesOf(viewer).length > 0 };
}

function SenderFields({ sender }: { sender: ReturnType<typeof useSender> }) {
  const { t } = useTranslation();
  const model = useModel();
  const { person, setPerson, homes, home, setHome, mayChoose } = sender;
  return (
    <>
      {mayChoose && (
        <div className="labelled">
          <span>{t('wish.who')}</span>
          <RecordPicker
            label={t('wish.who')}
            name={person?.name}
            kinds={['PERSON']}
            onChoose={(id, name) => setPerson({ id, name })}
          />
        </div>
      )}
      {home ? (
        <ChoiceField
          label={t('wish.home')}
          value={home}
          onChange={setHome}
          options={homes.map((each) => ({ value: each.id, label: model.name(each) }))}
        />
      ) : (
        <p className="no">{t('wish.noHome')}</p>
      )}
    </>
  );
}

function WishFields({ typed, set }: { typed: Typed; set: (changed: Partial<Typed>) => void }) {
  const { t } = useTranslation();
  const many = (name: 'divisions' | 'institutions', kind: 'DIVISION' | 'INSTITUTION') => (
    <div className="labelled">
      <span>{t(`wish.${name}`)}</span>
      <RecordsPicker
        label={t(`wish.${name}`)}
        kinds={[kind]}
        chosen={typed[name]}
        onChange={(chosen) => set({ [name]: chosen })}
      />
    </div>
  );
  return (
    <>
      <DayField label={t('wish.since')} value={typed.since} onChange={(since) => set({ since })} isRequired />
      <DayField
        label={t('wish.until')}
        value={typed.until}
        min={typed.since}
        onChange={(until) => set({ until })}
        isRequired
      />
      <Labelled label={t('wish.months')}>
        {(id) => (
          <input
            id={id}
            type="number"
            min={1}
            max={MONTHS_MOST}
            required
            value={typed.months}
            onChange={(event) => set({ months: event.target.value })}
          />
        )}
      </Labelled>
      {many('divisions', 'DIVISION')}
      {many('institutions', 'INSTITUTION')}
      <p className="quiet small">{t('wish.anywhere')}</p>
      <LongField label={t('wish.purpose')} value={typed.purpose} onChange={(purpose) => set({ purpose })} />
    </>
  );
}
